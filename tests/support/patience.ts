/**
 * How tests wait. A loaded machine may be many times slower than an idle one, so no test waits for a
 * fixed time to pass; it waits for as long as something still changes.
 */

import type { Page } from 'playwright';

/** When a page that doesn't change any more counts as hanging. */
export const HANGING_MS = 100_000;

const LOOK_EVERY_MS = 100;

/**
 * Looks at the page until there is something else than undefined to see, and returns it. Fails when the
 * page's text has not changed for `hangingMs`; `what` says in that error what was waited for.
 */
export function waitWhileChanging<T>(
  page: Page,
  what: string,
  look: () => Promise<T | undefined>,
  hangingMs = HANGING_MS,
): Promise<T> {
  return waitWhileTextChanges(() => page.locator('body').textContent(), what, look, hangingMs);
}

/** The same for any browser that can tell the text of its page. */
export async function waitWhileTextChanges<T>(
  readText: () => Promise<string | null>,
  what: string,
  look: () => Promise<T | undefined>,
  hangingMs = HANGING_MS,
): Promise<T> {
  let text: string | null = null;
  let changedMs = Date.now();
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    const now = await readText();
    if (now !== text) {
      text = now;
      changedMs = Date.now();
    } else if (Date.now() - changedMs > hangingMs) {
      throw new Error(`The page waits for ${what}, and nothing on it changes any more`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/**
 * What the page answers. Fails when it hasn't after `hangingMs`, because Playwright would wait for ever;
 * `what` says in that error what was asked for.
 */
export async function answerOf<T>(
  what: string,
  answer: Promise<T>,
  hangingMs = HANGING_MS,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const hanging = new Promise<never>((_, reject) => {
    const error = new Error(`The page hasn't answered with ${what}`);
    timer = setTimeout(() => reject(error), hangingMs);
  });
  return Promise.race([answer, hanging]).finally(() => clearTimeout(timer));
}

/** Resolves when `isSo` holds, asked again whenever other work has had its turn. */
export async function waitUntil(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 1));
}
