/** Names that the page and the engine must agree on. */

/** The Web Lock that an engine holds for as long as it lives: one engine an origin. */
export const ENGINE_LOCK = 'mynah-engine';

/** What calls name the model by that comes with the page, whichever version of it is stored. */
export const STARTER_ID = 'starter';
export const STARTER_NAME = 'Starter';

/** The ids of stored models begin with where they came from. */
export const STORED_MODEL_PREFIXES = {
  starter: 'starter-',
  files: 'files-',
  hub: 'hub-',
  bot: 'bot-',
} as const;

/** The archive of an invented author that comes with the page, in `sample/`. */
export const SAMPLE_ARCHIVE = 'mynah-sample.zip';
