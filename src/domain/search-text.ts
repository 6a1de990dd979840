/** How a text is compared with what a user searches for: letter case and forms of Unicode aside. */

/** Below, every form of Unicode has the same characters. */
const MAY_BE_DECOMPOSED = /[\u0300-\uffff]/;

export function searchable(text: string): string {
  const composed = MAY_BE_DECOMPOSED.test(text) ? text.normalize('NFC') : text;
  // A sigma at the end of a word has a form of its own, which a part of the word doesn't know.
  return composed.toLowerCase().replaceAll('ς', 'σ');
}
