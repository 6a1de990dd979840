/** Says how a training ended, and which of its weights were kept. */
import type { RunSummary } from '../../protocol/bots.ts';
import { joinSentences } from '../format.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);

/** Null for a bot that wasn't trained here, and where nothing was held out to judge it by. */
export function describeEnd(run: RunSummary): string | null {
  const kept = run.history.at(-1);
  if (kept === undefined || kept.validationLoss === null) return null;
  const epochAt = (step: number) => run.points.find((point) => point.step === step)?.epoch;
  const keptEpoch = epochAt(kept.completedSteps);
  if (keptEpoch === undefined) return null;
  return joinSentences(
    whatIsKept(run, keptEpoch, kept.completedSteps),
    kept.trainedShare === 1 ? null : texts.mixed(kept.trainedShare),
  );
}

function whatIsKept(run: RunSummary, keptEpoch: number, keptStep: number): string {
  if (keptStep < run.completedSteps) {
    const pass = Math.round(keptEpoch);
    const isWholePass = pass > 0 && Math.abs(keptEpoch - pass) < 0.1;
    return isWholePass ? texts.bestAfterPass(pass) : texts.bestAfter(keptEpoch);
  }
  return run.outcome?.kind === 'stopped'
    ? texts.bestWhenStopped(keptEpoch)
    : texts.bestAtEnd(keptEpoch);
}
