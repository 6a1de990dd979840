/** Says how a training ended, and which of its weights were kept. */
import type { RunSummary } from '../../protocol/bots.ts';
import { describePasses } from './plan-text.ts';

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/** Null for a bot that wasn't trained here, and where nothing was held out to judge it by. */
export function describeEnd(run: RunSummary): string | null {
  const kept = run.history.at(-1);
  if (kept === undefined || kept.validationLoss === null) return null;
  const epochAt = (step: number) => run.points.find((point) => point.step === step)?.epoch;
  const keptEpoch = epochAt(kept.completedSteps);
  if (keptEpoch === undefined) return null;
  return `${whatIsKept(run, keptEpoch, kept.completedSteps)}${mixture(kept.trainedShare)}`;
}

function whatIsKept(run: RunSummary, keptEpoch: number, keptStep: number): string {
  if (keptStep < run.completedSteps) {
    const pass = Math.round(keptEpoch);
    const ordinal = ORDINALS[pass - 1];
    return ordinal !== undefined && Math.abs(keptEpoch - pass) < 0.1
      ? `It began to learn by heart after the ${ordinal} pass, so it writes as it did then.`
      : `It began to learn by heart after it had read ${describePasses(keptEpoch)}, so it writes as it did then.`;
  }
  const reading = `It read ${describePasses(keptEpoch)}`;
  return run.outcome?.kind === 'stopped'
    ? `${reading} until you stopped it, and was best at the end.`
    : `${reading}, and was best at the end: more passes may make it better still.`;
}

function mixture(share: number): string {
  if (share === 1) return '';
  const percent = Math.round(share * 100);
  return ` Its weights are ${percent} % of what it learned and ${100 - percent} % of the model it began with, which predicts unseen tweets best.`;
}
