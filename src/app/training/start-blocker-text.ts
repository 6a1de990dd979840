/** Says why the button that starts a training can't be pressed. */
import { NEEDED_CHARACTERS } from '../../domain/cleaning.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { joinSentences } from '../format.ts';
import { LABELS } from '../labels.ts';
import type { StartBlocker } from '../state/start-blocker.ts';
import { options } from '../texts/en/options.ts';
import { training } from '../texts/en/training.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('training', training);
const optionTexts = messages('options', options);

export function startBlockerText(blocker: StartBlocker): string {
  const { blocked } = texts;
  switch (blocker.kind) {
    case 'no-tweets':
      return blocked.noTweets;
    case 'too-few-tweets':
      return tooFewText(blocker.dataset);
    case 'model-missing':
      return blocker.name === null ? blocked.noModel : blocked.modelMissing(blocker.name);
    case 'invalid-options':
      return blocked.invalid(
        blocker.options.map((name) => optionTexts.fields[name].label),
        LABELS.advanced,
      );
    case 'engine':
      return blocker.phase === 'unavailable'
        ? blocked.unavailable(LABELS.computeWith)
        : blocked[blocker.phase];
    case 'activity':
      return blocked[blocker.activity];
    case 'planning':
      return blocked.planning;
  }
}

function tooFewText({ characters, counts: { kept, read } }: DatasetSummary): string {
  const { blocked } = texts;
  const canKeepMore = kept < read;
  const soFar =
    characters === 0
      ? canKeepMore
        ? blocked.noneYetKeep
        : blocked.noneYet
      : canKeepMore
        ? blocked.soFarKeep(characters)
        : blocked.soFar(characters);
  return joinSentences(blocked.tooFew(NEEDED_CHARACTERS), soFar);
}
