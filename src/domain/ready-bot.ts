/** The ready-made bot: what the page ships so that it can write before it has learned anything. */

export const READY_BOT = {
  /** In `models/ready/`, with a hash of its content in its name. `tests/ready-bot/make.ts` writes the name here. */
  file: 'lost-property-d90336b0.zip',
  /** The archive of its author, in `sample/`: with these tweets, what it writes is checked for copies. */
  sample: 'mynah-sample.zip',
} as const;

/** The ids of its run begin so. There is one at most. */
export const READY_RUN_PREFIX = 'ready-made-';
