/**
 * The recipe of the preset Quick, with the starter on the sample, against PyTorch: tokens, order, blocks, what sees
 * what, warm-up, clipping, updates, and a weight decay of matrices alone. The losses of its first 50 steps in PyTorch are
 * the golden file, which `npm run -s bench -- quality --backend pytorch --decay 1 --losses 50` makes; eight steps take
 * seconds here. Without the decay, or with one of vectors as well, they would be 1e-4 and 2e-4 away.
 */

import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { numberFrom, objectOf, arrayOf } from '../../../src/core/parse.ts';
import { benchQuality } from '../../bench/quality.ts';

const STEPS = 8;
const parseLosses = (json: string) =>
  objectOf({ losses: arrayOf(numberFrom(0)) })(JSON.parse(json), 'losses').losses;

test('the first steps of Quick have the losses that PyTorch has', async () => {
  const golden = parseLosses(readFileSync('tests/goldens/quick-losses.json', 'utf8'));
  const print = vi.spyOn(console, 'log').mockImplementation(() => {});
  await benchQuality(['--backend', 'wasm', '--decay', '1', '--losses', String(STEPS)]);
  const [line] = print.mock.lastCall ?? [];
  print.mockRestore();
  const losses = parseLosses(String(line));
  expect(losses).toHaveLength(STEPS);
  for (const [step, loss] of losses.entries()) {
    const expected = golden[step] ?? 0;
    expect(Math.abs(loss - expected) / expected, `step ${step + 1}`).toBeLessThan(1e-5);
  }
  // The golden losses say that it learns.
  const mean = (from: number, to: number) =>
    golden.slice(from, to).reduce((sum, loss) => sum + loss, 0) / (to - from);
  expect(golden).toHaveLength(50);
  expect(mean(40, 50)).toBeLessThan(mean(0, 10));
});
