/**
 * The shape table: every parameter of a GPT-2 by its name in checkpoints.
 *
 * These names, without the Hub's optional prefix `transformer.`, are used everywhere: for parameters,
 * gradients, optimizer state and checkpoints. The weights of linear layers are [in, out] (Conv1D).
 */

import { elementCount } from '../core/shape.ts';
import { type GPT2Config, innerWidth } from './config.ts';

/** The output head, where it has weights of its own. In files it never has the prefix. */
export const HEAD_NAME = 'lm_head.weight';

export type ShapeTable = ReadonlyMap<string, readonly number[]>;

/** The shapes by name; L layers, C channels, I channels within an MLP, V tokens in the vocabulary, P positions. */
export function parameterShapes(config: GPT2Config): ShapeTable {
  const { nLayer: L, nEmbd: C, vocabSize: V, blockSize: P } = config;
  const I = innerWidth(config);
  const shapes = new Map<string, readonly number[]>([
    ['wte.weight', [V, C]],
    ['wpe.weight', [P, C]],
  ]);
  for (let layer = 0; layer < L; layer++) {
    const h = `h.${layer}`;
    shapes.set(`${h}.ln_1.weight`, [C]);
    shapes.set(`${h}.ln_1.bias`, [C]);
    shapes.set(`${h}.attn.c_attn.weight`, [C, 3 * C]);
    shapes.set(`${h}.attn.c_attn.bias`, [3 * C]);
    shapes.set(`${h}.attn.c_proj.weight`, [C, C]);
    shapes.set(`${h}.attn.c_proj.bias`, [C]);
    shapes.set(`${h}.ln_2.weight`, [C]);
    shapes.set(`${h}.ln_2.bias`, [C]);
    shapes.set(`${h}.mlp.c_fc.weight`, [C, I]);
    shapes.set(`${h}.mlp.c_fc.bias`, [I]);
    shapes.set(`${h}.mlp.c_proj.weight`, [I, C]);
    shapes.set(`${h}.mlp.c_proj.bias`, [C]);
  }
  shapes.set('ln_f.weight', [C]);
  shapes.set('ln_f.bias', [C]);
  if (config.hasOwnHead) shapes.set(HEAD_NAME, [V, C]);
  return shapes;
}

/** The number of numbers in all parameters. */
export function parameterCount(config: GPT2Config): number {
  let total = 0;
  for (const shape of parameterShapes(config).values()) total += elementCount(shape);
  return total;
}
