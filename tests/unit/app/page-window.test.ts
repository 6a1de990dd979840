import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PageHeights } from '../../../src/app/data/explorer/page-window.ts';

const seed = 20261122;

test(`what shows is in the window, and nothing is lost around it (seed ${seed})`, () => {
  const measured = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 5000 })));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      measured,
      fc.nat(100_000),
      fc.integer({ min: 1, max: 900 }),
      (total, pages, from, size) => {
        const heights = new PageHeights(total, 40);
        for (const [page, height] of pages) {
          if (page < heights.pages) heights.measure(page, height);
        }
        const all = heights.top(heights.pages);
        const { first, last, before, after } = heights.window(from, from + size);
        expect(first).toBeLessThanOrEqual(last);
        expect(before).toBeCloseTo(heights.top(first));
        expect(heights.top(last + 1) + after).toBeCloseTo(all);
        // All of the stretch that the list has is covered, up to its end.
        if (from < all) expect(before).toBeLessThanOrEqual(from);
        expect(heights.top(last + 1)).toBeGreaterThanOrEqual(Math.min(all, from + size) - 0.001);
      },
    ),
    { seed },
  );
});

test('a page that is higher than thought says by how much', () => {
  const heights = new PageHeights(100, 40);
  const guessed = heights.height(0);
  expect(heights.measure(0, guessed + 100)).toBe(100);
  expect(heights.measure(0, guessed + 100)).toBe(0);
  // The last page has fewer rows, and the others are now taken for as high as the first.
  expect(heights.height(2)).toBeCloseTo(heights.height(1) / 2);
});
