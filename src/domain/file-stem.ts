/** A name as files may have it: letters and digits of any script, or `otherwise` where there are none. */
export function fileStem(name: string, otherwise: string): string {
  const stem = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return [...stem].slice(0, 60).join('') || otherwise;
}
