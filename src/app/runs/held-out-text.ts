/** What a loss on held-out tweets is, as the page says it. */
import { bitsPerByte } from '../../domain/bits-per-byte.ts';
import type { MetricPoint } from '../../protocol/training.ts';
import { formatBits, formatLoss, formatRough } from '../format.ts';
import { quality } from '../texts/en/quality.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('quality', quality);

interface Loss {
  /** Those of the run in which it was measured. */
  readonly points: readonly MetricPoint[];
  readonly loss: number;
  /** When it was measured, or the weights were saved. */
  readonly step?: number;
}

/** `loss 3.00, perplexity 20, 1.545 bits per byte` */
export function lossText({ points, loss, step }: Loss): string {
  const bits = bitsPerByte(points, loss, step);
  const known = [formatLoss(loss), formatRough(Math.exp(loss))] as const;
  return bits === undefined ? texts.loss(...known) : texts.lossAndBits(...known, formatBits(bits));
}

/** `held-out loss 3.00, perplexity 20, 1.545 bits per byte` */
export function heldOutLossText({ points, loss, step }: Loss): string {
  const bits = bitsPerByte(points, loss, step);
  const known = [formatLoss(loss), formatRough(Math.exp(loss))] as const;
  return bits === undefined
    ? texts.heldOutLoss(...known)
    : texts.heldOutLossAndBits(...known, formatBits(bits));
}
