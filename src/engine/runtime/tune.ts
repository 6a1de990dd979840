/** The shapes of kernels that fit this card best: timed at the first use of a model, then remembered. */

import type { Ops } from '../../ops/ops.ts';
import type { Database } from '../../storage/database.ts';
import { noteTuning, readTuning } from '../../storage/tunings.ts';

/** Where the shapes are remembered, and for which card. */
export interface TuningDesk {
  readonly ops: Ops;
  readonly storage: Database;
  /** Identifies the card, the browser and the kernels; null for a card that can't be told from others. */
  readonly card: string | null;
}

/** The tokens of a step, as far as the shapes depend on it. */
const TIMED_TOKENS = 512;

/**
 * Has a new training use the shapes that are the fastest on this card: those that are remembered, or else
 * they are timed now. A record that is damaged counts for nothing, and if timing fails, for example for
 * want of memory, the default shapes are used.
 */
export async function tuneForModel(
  { ops, storage, card }: TuningDesk,
  channels: number,
  now?: () => number,
): Promise<void> {
  const { tuning } = ops;
  // Other widths have no kernels in tiles.
  if (tuning === null || channels % 4 !== 0) return;
  const adapter = `${card} ${channels}`;
  const known = card === null ? null : await readTuning(storage, adapter);
  if (known !== null && tuning.use(known)) return;
  tuning.use(null);
  const measured = await tuning.measure({ channels, tokens: TIMED_TOKENS }, now).catch(() => null);
  if (measured === null) return;
  tuning.use(measured.shapes);
  if (card !== null) await noteTuning(storage, { adapter, shapes: measured.shapes });
}

/**
 * Has a run that goes on use the shapes that it began with, whatever is the fastest now, so that it computes
 * the same bits. Shapes that this version doesn't have are replaced by the default ones.
 */
export function useShapesOf({ ops }: Pick<TuningDesk, 'ops'>, run: RunShapes): void {
  const { tuning } = ops;
  if (tuning !== null && !tuning.use(run.kernelShapes)) tuning.use(null);
}

/** What a run records of them: null where there was nothing to choose. */
export interface RunShapes {
  readonly kernelShapes: Readonly<Record<string, string>> | null;
}
