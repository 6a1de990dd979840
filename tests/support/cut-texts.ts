/** Finds what doesn't fit on the page. */

import type { Page } from 'playwright';

/** By how many pixels the page can be scrolled sideways. */
export function sidewaysPixels(page: Page, place = 'html'): Promise<number> {
  return page
    .locator(place)
    .evaluate((element) => Math.max(0, element.scrollWidth - element.clientWidth));
}

/** Texts that reach beyond what cuts them off, or beyond the button or cell that they are in. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
      if (node.data.trim() === '' || node.parentElement?.checkVisibility() !== true) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()];
      // Up to where it can be scrolled into sight, or an ellipsis has a title.
      for (let box: Element | null = node.parentElement; box; box = box.parentElement) {
        const { overflowX, textOverflow } = getComputedStyle(box);
        if (box.clientWidth === 1 || overflowX === 'auto' || overflowX === 'scroll') break;
        if (textOverflow === 'ellipsis' && box.closest('[title]') !== null) break;
        if (overflowX === 'visible' && !box.matches('button, summary, td, th, select')) continue;
        const edge = box.getBoundingClientRect();
        if (lines.every(({ left, right }) => left >= edge.left - 1 && right <= edge.right + 1)) {
          continue;
        }
        found.push(node.data);
        break;
      }
    }
    return found;
  });
}

/** Pairs of controls of which one lies over the other. */
export function overlappingControls(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const place = document.querySelector('dialog[open]') ?? document.body;
    const controls = [...place.querySelectorAll('button, a, select, input, textarea, summary')];
    const shown = controls.flatMap((control) => {
      let { left, right, top, bottom } = control.getBoundingClientRect();
      // What is scrolled out of sight lies over nothing.
      let box: Element | null = control.parentElement;
      for (; box !== null; box = box.parentElement) {
        if (box === document.body || getComputedStyle(box).overflowY === 'visible') continue;
        const edge = box.getBoundingClientRect();
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.right);
        top = Math.max(top, edge.top);
        bottom = Math.min(bottom, edge.bottom);
      }
      if (
        !control.checkVisibility({
          contentVisibilityAuto: true,
          opacityProperty: true,
          visibilityProperty: true,
        })
      )
        return [];
      const isFloating = control.closest('.train-go, .undo-note') !== null;
      const isSmall = right - left <= 1 || bottom - top <= 1;
      return isSmall || isFloating ? [] : [{ control, left, right, top, bottom }];
    });
    const nameOf = (control: Element) =>
      (control.getAttribute('aria-label') ?? (control.textContent || control.outerHTML))
        .trim()
        .slice(0, 60);
    const found: string[] = [];
    for (const [i, a] of shown.entries()) {
      for (const b of shown.slice(i + 1)) {
        if (a.control.contains(b.control) || b.control.contains(a.control)) continue;
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (width > 2 && height > 2) found.push(`${nameOf(a.control)} | ${nameOf(b.control)}`);
      }
    }
    return found;
  });
}
