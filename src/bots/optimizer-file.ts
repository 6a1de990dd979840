/**
 * The state of a run's optimizer as a file, `optimizer.safetensors`: AdamW's two moments of every parameter, by the
 * names that PyTorch has for them and for the parameter (`exp_avg.transformer.wte.weight`), and how many updates they
 * are of. `train.py` in the same folder gives them to `torch.optim.AdamW`.
 */

import { must } from '../core/assert.ts';
import type { ShapeTable } from '../model/weights.ts';
import { type SafetensorsFile, safetensorsFile } from './write-safetensors.ts';

export const OPTIMIZER_FILE = 'optimizer.safetensors';

/** What PyTorch calls the running means of the gradient and of its square. */
const TORCH_NAMES = { m: 'exp_avg', v: 'exp_avg_sq' } as const;
type Moment = keyof typeof TORCH_NAMES;

export interface OptimizerState {
  /** The number of updates since both moments were zero. */
  readonly updates: number;
  /** Of the parameters. */
  readonly shapes: ShapeTable;
  /** Yields a moment of a parameter in pieces that belong to the caller. */
  read(moment: Moment, parameter: string): AsyncIterable<Float32Array>;
}

/** @param torchName Returns PyTorch's name of a parameter (`transformer.wte.weight` for `wte.weight`). */
export function optimizerFile(
  { updates, shapes, read }: OptimizerState,
  torchName: (name: string) => string,
): SafetensorsFile {
  const moments = new Map<string, { readonly moment: Moment; readonly parameter: string }>();
  const table = new Map<string, readonly number[]>();
  for (const moment of ['m', 'v'] as const) {
    for (const [parameter, shape] of shapes) {
      const name = `${TORCH_NAMES[moment]}.${torchName(parameter)}`;
      moments.set(name, { moment, parameter });
      table.set(name, shape);
    }
  }
  const source = {
    shapes: table,
    read: (name: string) => {
      const { moment, parameter } = must(moments.get(name), name);
      return read(moment, parameter);
    },
  };
  return safetensorsFile(source, 'F32', (name) => name, { updates: String(updates) });
}
