/** Several files in a few words: an archive of 2012 has one a month. */

const MAX_NAMED = 3;

/** `a.js, b.js`; of many, `a.js, b.js + 73`: in no language, because it is stored. */
export function listFiles(names: readonly string[]): string {
  if (names.length <= MAX_NAMED) return names.join(', ');
  const named = names.slice(0, MAX_NAMED - 1);
  return `${named.join(', ')} + ${names.length - named.length}`;
}
