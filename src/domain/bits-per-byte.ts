/** Losses in bits per byte of text, which can be compared between models whatever their tokenizers are. */

interface Measured {
  readonly step: number;
  readonly validationLoss?: number | undefined;
  readonly bitsPerByte?: number | undefined;
}

/**
 * A loss on held-out tweets, in nats per token, as bits per byte. `points` are those of the run in which it was
 * measured. The ratio of the two units depends only on the held-out tweets, so any point that has both tells it. A bot
 * that learned on from other tweets may have other held-out ones, so the last such point up to `step` is taken.
 * Undefined if no point has both.
 */
export function bitsPerByte(
  points: readonly Measured[],
  loss: number,
  step = Infinity,
): number | undefined {
  const measured = points.filter((point) => point.bitsPerByte && point.validationLoss);
  const at = measured.findLast((point) => point.step <= step) ?? measured[0];
  if (at?.bitsPerByte === undefined || at.validationLoss === undefined) return undefined;
  return (loss * at.bitsPerByte) / at.validationLoss;
}
