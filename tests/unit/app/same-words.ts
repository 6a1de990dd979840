/** Words that are the same in English and in other languages: names, terms of the field, and units. */

/** In any language. */
const ANYWHERE: ReadonlySet<string> = new Set([
  ...['JSON', 'CSV', 'TensorBoard', 'Weights & Biases', 'GGUF', 'JSON Lines', 'huggingtweets'],
  ...['Top-p', 'Top-k', 'Min-p', 'Typical-p', 'Dropout', 'Mynah', 'WebGPU'],
  // Beginnings of tweets for the ready-made bot, which knows English.
  ['My dream is', 'I think', 'Today', 'Nobody'].join(''),
]);

/** In one language, by its code. */
const IN: Readonly<Record<string, readonly string[]>> = {
  de: [
    ...[
      'Adapter',
      'Backend',
      'Batch',
      'Bot',
      'Bots',
      'Browser',
      'Checkpoints',
      'Computer',
      'Hashtags',
    ],
    ...['Loss', 'Retweet', 'Retweets', 'Seed', 'Starter', 'Text', 'Threads', 'Token', 'Training'],
    ...['Tweets', 'Version', 'Wild'],
  ],
  es: [
    ...['Token', 'token', 'tokens', 'Wort tokens/s', 'byte', 'bytes', 'no', 'Bots', 'Hashtags'],
    ...['Checkpoints', 'robot', 'min-p', 'top-k', 'top-p', 'typical-p'],
  ],
  pt: [
    ...['Token', 'token', 'tokens', 'Wort tokens/s', 'byte', 'bytes', 'thread', 'threads'],
    ...['tweet', 'tweets', 'Retweet', 'Retweets', 'Bots', 'Hashtags', 'Checkpoints', 'flamingo'],
    ...['Threads', 'min-p', 'top-k', 'top-p', 'typical-p'],
  ],
  fr: [
    ...[
      'Backend',
      'Batch',
      'Bot',
      'Bots',
      'Checkpoints',
      'Hashtags',
      'Licences',
      'Mentions',
      'Minutes',
    ],
    ...['Notes', 'Patience', 'Retweet', 'Retweets', 'Starter', 'Token', 'Tweets', 'Version'],
    ...['min-p', 'top-k', 'top-p', 'typical-p', 'thread', 'threads', 'token', 'tokens'],
    ...['robot', 'tweet', 'tweets', 'version', 'versions', 'Wort tokens/s'],
  ],
  ja: ['AI'],
  zh: ['AI'],
  // Its numbers are written as in English, also those with a point or commas.
  ar: ['min-p', 'top-k', 'top-p', 'typical-p'].flatMap((name) => [
    name,
    `${name} 1.5`,
    `${name} 1,000,000`,
  ]),
};

export function mayBeSame(words: string, code: string): boolean {
  // Nothing but numbers, signs and the sample's own words.
  if (!/\p{L}{2}/u.test(words.replaceAll(/Wort|WORT|eins|zwei/g, ''))) return true;
  // `Version 3` is the same word as `Version`, and `3 tweets` as `tweets`.
  const word = words.replaceAll(/^\d+ | \d+$/g, '');
  return ANYWHERE.has(word) || (IN[code] ?? []).includes(word);
}
