/** The ready-made bot: what the page ships so that it can write before it has learned anything. */

import { SAMPLE_ARCHIVE } from './identifiers.ts';

export const READY_BOT = {
  /** In `models/ready/`, with a hash of its content in its name. `tests/ready-bot/make.ts` writes the name here. */
  file: 'lost-property-d90336b0.zip',
  /** The archive of its author. What it writes is compared with these tweets, to find copies. */
  sample: SAMPLE_ARCHIVE,
} as const;

/** The id of its run begins with this. There is one such run at most. */
export const READY_RUN_PREFIX = 'ready-made-';
