/** Which buttons help with which error. */
import type { DamagedThing, ErrorCode, ErrorDetails, StoredThing } from '../../core/errors.ts';
import type { ErrorAction } from './error-parts.ts';

type Actions = readonly ErrorAction[];

const OTHER_FILES: Actions = ['choose-files', 'try-sample'];
const TRY_AGAIN: Actions = ['try-again'];
const RELOAD: Actions = ['reload-page'];
const RESTART: Actions = ['restart-engine'];
const SHOW_LIBRARY: Actions = ['show-library'];

const BLOCKED: { readonly [R in ErrorDetails['storage-blocked']['reason']]: Actions } = {
  absent: TRY_AGAIN,
  denied: RELOAD,
  'no-answer': RELOAD,
  'older-tab': TRY_AGAIN,
  'newer-version': RELOAD,
  closed: TRY_AGAIN,
  vanished: TRY_AGAIN,
  failed: TRY_AGAIN,
};

const WORKER_LOST: { readonly [R in ErrorDetails['worker-lost']['reason']]: Actions } = {
  'not-loaded': RELOAD,
  crashed: RESTART,
  'unreadable-message': RELOAD,
  terminated: RESTART,
};

const NOT_FOUND: { readonly [W in StoredThing['what']]: Actions } = {
  dataset: ['choose-files'],
  texts: ['choose-files'],
  run: SHOW_LIBRARY,
  version: SHOW_LIBRARY,
  checkpoint: SHOW_LIBRARY,
  adapter: [],
  model: [],
  download: TRY_AGAIN,
};

const DAMAGED: { readonly [W in Exclude<StoredThing['what'], 'model'>]: Actions } = {
  dataset: ['choose-files'],
  texts: ['choose-files'],
  run: SHOW_LIBRARY,
  version: SHOW_LIBRARY,
  checkpoint: SHOW_LIBRARY,
  adapter: SHOW_LIBRARY,
  download: [],
};

const DAMAGED_MODEL: { readonly [O in NonNullable<DamagedThing['origin']>]: Actions } = {
  starter: RELOAD,
  files: [],
  bot: SHOW_LIBRARY,
  hub: [],
};

/** Only where it isn't known that a training was refused may fewer tweets be the way out. */
function afterMemory({ requested }: ErrorDetails['out-of-memory']): Actions {
  return requested === undefined ? ['try-again', 'choose-files'] : TRY_AGAIN;
}

export const ERROR_ACTIONS: {
  readonly [C in ErrorCode]: (details: ErrorDetails[C]) => Actions;
} = {
  'archive-unreadable': () => OTHER_FILES,
  'table-column-unknown': () => OTHER_FILES,
  'archive-no-tweets': () => OTHER_FILES,
  'dataset-too-small': () => OTHER_FILES,
  'site-download': () => TRY_AGAIN,
  'model-download': () => TRY_AGAIN,
  'backend-unavailable': () => ['compute-automatically'],
  'device-lost': () => RESTART,
  'worker-lost': ({ reason }) => WORKER_LOST[reason],
  busy: () => TRY_AGAIN,
  'loss-not-finite': () => TRY_AGAIN,
  cancelled: () => [],
  internal: () => ['try-again', 'restart-engine'],
  'out-of-memory': afterMemory,
  'model-corrupt': () => [],
  unsupported: () => [],
  'run-file-unreadable': () => [],
  'model-file-missing': () => [],
  'adapter-base-needed': () => [],
  'model-needed': () => SHOW_LIBRARY,
  'tokenizer-mismatch': () => [],
  'storage-quota': () => ['try-again', 'show-library'],
  'storage-blocked': ({ reason }) => BLOCKED[reason],
  'file-not-writable': () => [],
  'not-found': ({ what }) => NOT_FOUND[what],
  'stored-data-damaged': ({ what, origin = 'files' }) =>
    what === 'model' ? DAMAGED_MODEL[origin] : DAMAGED[what],
  'not-trained-yet': () => [],
};
