/**
 * Tests whether a graphics adapter computes correctly in the sizes of real models, where drivers have bugs
 * that the tiny training of `self-test.ts` doesn't meet. Each part uses kernels as training or writing does,
 * and the host computes some of its results in float64, with loops that share no code with the operations.
 *
 * Everything runs twice. The second time has to give the same bits, in memory that the first time has used.
 */

import { must } from '../core/assert.ts';
import type { Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import type { Values } from './self-test-host.ts';
import { type FaultAtSize, partsAtSize } from './self-test-parts.ts';

/** Returns what is wrong. Rejects if the device fails. Leaves no tensor behind. */
export async function selfTestAtSize(ops: Ops): Promise<FaultAtSize[]> {
  const inputs: Tensor[] = [];
  try {
    const parts = partsAtSize(ops, (tensor) => {
      inputs.push(tensor);
      return tensor;
    });
    const runAll = () => Promise.all(parts.map(async ({ run }) => run()));
    const first = runAll();
    ops.flush();
    const [results, again] = await Promise.all([first, runAll()]);
    const isEqual = (a: Values, b: Values) => a.every((value, i) => value === b[i]);
    const faults = new Set<FaultAtSize>();
    parts.forEach(({ name, isRight }, i) => {
      const found = must(results[i], name);
      if (!isRight(found)) faults.add(name);
      const isRepeated = found.every((values, j) => isEqual(values, must(again[i]?.[j], name)));
      // NaN is not equal to itself, and wrong the first time.
      if (!isRepeated) faults.add('second submission');
    });
    return [...faults];
  } finally {
    for (const tensor of inputs) tensor.dispose();
  }
}
