/** What the page says where memory or storage is short, in German. */
import type { ErrorDetails, TrainingMethod } from '../../../../core/errors.ts';
import { formatBytes } from '../../../format.ts';
import type { ErrorWords } from '../../error-words.ts';
import { options } from '../options.ts';

export function needed(details: {
  readonly neededBytes?: number;
  readonly availableBytes?: number;
}) {
  const { neededBytes, availableBytes } = details;
  const parts: string[] = [];
  if (neededBytes !== undefined) parts.push(`${formatBytes(neededBytes)} nötig`);
  if (availableBytes !== undefined) parts.push(`${formatBytes(availableBytes)} frei`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** `dieses ganze Modell`, `einen Adapter neben diesem Modell mit „Weniger Arbeitsspeicher“` */
function whatToTrain({ mode, checkpointing }: TrainingMethod): string {
  const what = mode === 'full' ? 'dieses ganze Modell' : 'einen Adapter neben diesem Modell';
  return checkpointing ? `${what} mit „${options.fields.checkpointing.label}“` : what;
}

/** For the start of a sentence. */
function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** What such a training takes, and why that is too much: `braucht 2,5 GB, mehr, als hier dafür da ist` */
function takesTooMuch({ reason, neededBytes }: ErrorDetails['out-of-memory']): string {
  if (reason === 'one-buffer') return 'braucht größere Stücke, als diese Grafikkarte annimmt';
  const takes = neededBytes === undefined ? 'braucht' : `braucht ${formatBytes(neededBytes)},`;
  if (reason === 'too-large') return `${takes} mehr, als hier dafür da ist`;
  if (reason === 'no-room') return `${takes} mehr, als die Grafikkarte auf Anfrage hergab`;
  return `${takes} mehr Arbeitsspeicher, als da ist`;
}

export function outOfMemory(details: ErrorDetails['out-of-memory']): ErrorWords {
  const { requested, instead, neededBytes } = details;
  if (requested === undefined) {
    return {
      sentence: `Dafür reicht der Arbeitsspeicher nicht${needed(details)}.`,
      nextStep:
        neededBytes === undefined
          ? 'Schließe andere Tabs und versuche es noch einmal, mit weniger Tweets auf einmal. Beim Training hilft unter „Erweitert“ eine kleinere Blocklänge, oder mit dem Prozessor zu rechnen.'
          : 'Schließe andere Tabs, setze unter „Erweitert“ eine kleinere Blocklänge oder rechne mit dem Prozessor, dann versuche es noch einmal.',
    };
  }
  return {
    sentence: `${capital(whatToTrain(requested))} zu trainieren ${takesTooMuch(details)}.`,
    nextStep: instead
      ? `Wähle unter „Erweitert“, ${whatToTrain(instead)} zu trainieren: Das braucht ${formatBytes(instead.neededBytes)}.`
      : 'Wähle ein kleineres Basismodell, schließe andere Tabs oder rechne mit etwas anderem, dann versuche es noch einmal.',
  };
}
