/** The dropout mask of a site, made on the host from the counter-based generator. */

import * as tf from '@tensorflow/tfjs-core';
import { pcg4d } from '../core/random.ts';
import type { DropoutSite } from './ops.ts';

/** 0 or 1 / (1 − rate) for each element; element i takes lane i mod 4 of hash i div 4. */
export function dropoutMask(shape: readonly number[], site: DropoutSite): tf.Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const keep = 1 / (1 - site.rate);
  const threshold = Math.round(site.rate * 2 ** 32);
  const mask = new Float32Array(size);
  const lanes = new Uint32Array(4);
  for (let i = 0; i < size; i += 4) {
    pcg4d(i >>> 2, site.site, site.microStep, site.seed, lanes);
    const end = Math.min(4, size - i);
    for (let lane = 0; lane < end; lane++) {
      if ((lanes[lane] as number) >= threshold) mask[i + lane] = keep;
    }
  }
  return tf.tensor(mask, [...shape], 'float32');
}
