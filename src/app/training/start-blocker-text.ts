/** Says why the button that starts a training can't be pressed. */
import { NEEDED_CHARACTERS } from '../../domain/cleaning.ts';
import { TRAINING_OPTIONS } from '../../domain/training-options.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { formatCount } from '../format.ts';
import { LABELS } from '../labels.ts';
import type { Activity } from '../state/activity.ts';
import type { StartBlocker } from '../state/start-blocker.ts';

const listFormat = new Intl.ListFormat('en');

const PHASES: {
  readonly [P in Extract<StartBlocker, { kind: 'engine' }>['phase']]: string;
} = {
  starting: 'Training can start in a moment, once it is known what computes fastest here.',
  unavailable: `Training can start once there is something to compute with: choose something else in “${LABELS.computeWith}” below.`,
  elsewhere: 'Training can start once Mynah is closed in the other tab.',
  lost: 'Training can start once the engine runs again: restart it at the top of the page.',
};

const ACTIVITIES: { readonly [A in Activity]: string } = {
  importing: 'Training can start once all tweets have been read.',
  training: 'Training can start once the bot in training is done or paused.',
  writing: 'Training can start once the tweets being written are done or stopped.',
};

export function startBlockerText(blocker: StartBlocker): string {
  switch (blocker.kind) {
    case 'no-tweets':
      return 'Training can start once there are tweets in step 1.';
    case 'too-few-tweets':
      return tooFewText(blocker.dataset);
    case 'invalid-options': {
      const names = blocker.options.map((name) => TRAINING_OPTIONS[name].label);
      const are = names.length === 1 ? 'is' : 'are';
      return `Training can start once ${listFormat.format(names)} ${are} corrected under “${LABELS.advanced}”.`;
    }
    case 'engine':
      return PHASES[blocker.phase];
    case 'activity':
      return ACTIVITIES[blocker.activity];
    case 'planning':
      return 'Training can start in a moment: estimating how long it takes…';
  }
}

function tooFewText({ characters, counts: { kept, read } }: DatasetSummary): string {
  const soFar = characters === 0 ? 'None are yet' : `So far there are ${formatCount(characters)}`;
  const nextStep =
    kept < read ? 'in step 1, keep more tweets or add some.' : 'add more tweets in step 1.';
  return `Training can start once at least ${formatCount(NEEDED_CHARACTERS)} characters of tweets are kept. ${soFar}: ${nextStep}`;
}
