/** Changes the language of a page in the middle of whatever it does. */

import type { Page } from 'playwright';
import { page as english } from '../../src/app/texts/en/page.ts';
import { LANGUAGES } from '../../src/app/texts/language.ts';
import { accented } from '../../src/app/texts/pseudo.ts';

/** All languages of the page, and English in longer words. */
export const SPOKEN_CODES: readonly string[] = [...Object.keys(LANGUAGES), 'pseudo'];

async function footerText(code: string): Promise<string> {
  if (code === 'pseudo') return accented(english.tweetsStay);
  const load = LANGUAGES[code]?.load ?? null;
  return load === null ? english.tweetsStay : (await load()).catalogue.page.tweetsStay;
}

/** Resolves when the page speaks it. A dialog may be open. */
export async function speakOnPage(page: Page, code: string): Promise<void> {
  await page.locator('.footer-select').evaluate((select: HTMLSelectElement, wanted) => {
    const isOffered = [...select.options].some(({ value }) => value === wanted);
    if (!isOffered) select.add(new Option(wanted));
    select.value = wanted;
    select.dispatchEvent(new Event('change'));
  }, code);
  await page
    .locator('.footer')
    .getByText(await footerText(code))
    .waitFor();
}
