/** What axe doesn't find: each of these returns what is wrong. */

import type { Page } from 'playwright';

/** Pictures that a screen reader can't name. */
export function withoutName(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('svg, canvas, img')]
      .filter(
        (picture) => picture.checkVisibility() && picture.closest('[aria-hidden=true]') === null,
      )
      .filter((picture) => {
        const named = picture.closest('[role=img]') ?? picture;
        const name = named.getAttribute('aria-label') ?? named.getAttribute('alt');
        return name === null && !named.hasAttribute('aria-labelledby');
      })
      .map((picture) => picture.outerHTML.slice(0, 120)),
  );
}

/** Animations that run although the user wants none. */
export function movements(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => Number(animation.effect?.getComputedTiming().activeDuration) > 1)
      .map((animation) =>
        'animationName' in animation ? String(animation.animationName) : animation.id,
      ),
  );
}

/** What is chosen looks like what isn't, once the system has taken all grounds and shadows away. */
export function chosenUnseen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const chosen = '[aria-pressed=true], [aria-current], label:has(> input:checked)';
    const lookOf = (element: Element) => {
      const { outline, borderTop, backgroundColor, color } = getComputedStyle(element);
      return [outline, borderTop, backgroundColor, color].join();
    };
    const all = [...document.querySelectorAll(chosen)].filter((each) => each.checkVisibility());
    return all.flatMap((element) => {
      const [first] = element.classList;
      const input = element.querySelector(':scope > input');
      // The browser draws what is checked.
      const isDrawn = input !== null && getComputedStyle(input).appearance !== 'none';
      const alike = first === undefined ? element.tagName : `.${CSS.escape(first)}`;
      const others = [...document.querySelectorAll(alike)];
      const other = others.find((each) => !each.matches(chosen) && each !== element);
      if (isDrawn || other === undefined || document.activeElement === element) return [];
      return lookOf(other) === lookOf(element) ? [element.outerHTML.slice(0, 120)] : [];
    });
  });
}

/** What screen readers say without being asked while something goes on. */
export async function announcementsDuring(
  page: Page,
  work: () => Promise<unknown>,
): Promise<string[]> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    const listen = (changes: MutationRecord[]) => {
      const regions = changes.map(({ target }) =>
        (target instanceof Element ? target : target.parentElement)?.closest(
          '[role=status], [role=alert], [aria-live]',
        ),
      );
      for (const region of new Set(regions)) {
        const text = region?.textContent.trim() ?? '';
        if (text !== '' && heard.at(-1) !== text) heard.push(text);
      }
    };
    const all = { subtree: true, childList: true, characterData: true };
    new MutationObserver(listen).observe(document.body, all);
  });
  await work();
  return page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
}

/** Whoever uses the keyboard would begin at the top again. */
export function isFocusLost(page: Page): Promise<boolean> {
  return page.evaluate(
    () => document.activeElement === null || document.activeElement === document.body,
  );
}
