/** Dropout masks, computed on the host with the counter-based random numbers. */

import * as tf from '@tensorflow/tfjs-core';
import { pcg4d } from '../core/random.ts';
import { elementCount } from '../core/shape.ts';
import type { DropoutSite } from './operands.ts';

/**
 * The mask, 0 or 1 / (1 − rate), of a tensor whose first element has the index `first`. Element i takes
 * component i mod 4 of hash number i div 4, as in `random.wgsl`.
 */
export function dropoutMask(shape: readonly number[], site: DropoutSite, first = 0): tf.Tensor {
  const size = elementCount(shape);
  const keep = 1 / (1 - site.rate);
  const threshold = Math.round(site.rate * 2 ** 32);
  const mask = new Float32Array(size);
  const lanes = new Uint32Array(4);
  for (let at = 0; at < size; ) {
    const i = first + at;
    pcg4d(i >>> 2, site.site, site.microStep, site.seed, lanes);
    for (let lane = i & 3; lane < 4 && at < size; lane++, at++) {
      if ((lanes[lane] as number) >= threshold) mask[at] = keep;
    }
  }
  return tf.tensor(mask, [...shape], 'float32');
}
