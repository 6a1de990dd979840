/** A name as files may have it: letters and digits of any script, or `otherwise` where there are none. */
export function fileStem(name: string, otherwise: string): string {
  const stem = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return [...stem].slice(0, 60).join('') || otherwise;
}

/** Hands a file to the user, as a download. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then, however large it is.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
