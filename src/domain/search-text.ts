/** How a text is compared with what a user searches for: letter case and forms of Unicode aside. */

/**
 * The first code units of all characters that NFC may change, and of sigma. Emoji aren't among them:
 * many tweets have one, and normalizing a text takes longer than searching it.
 */
const NEEDS_CARE =
  /[\u0300-\u1fff\u2000\u2001\u2126\u212a\u212b\u2329\u232a\u2adc\u3000-\ud834\ud87e\uf900-\ufdff]/;

export function searchable(text: string): string {
  if (!NEEDS_CARE.test(text)) return text.toLowerCase();
  // A sigma at the end of a word has its own form, which a part of that word doesn't have.
  return text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
}
