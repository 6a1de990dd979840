/** Words that are the same in English and in other languages: names, terms of the field, and units. */

/** In any language. */
const ANYWHERE: ReadonlySet<string> = new Set([
  ...['JSON', 'CSV', 'TensorBoard', 'Weights & Biases', 'GGUF', 'JSON Lines', 'huggingtweets'],
  ...['Top-p', 'Top-k', 'Min-p', 'Typical-p', 'Dropout', 'Mynah', 'WebGPU'],
]);

/** In one language, by its code. */
const IN: Readonly<Record<string, readonly string[]>> = {
  de: [
    ...['Adapter', 'Backend', 'Batch', 'Bots', 'Browser', 'Checkpoints', 'Computer', 'Hashtags'],
    ...['Loss', 'Retweet', 'Retweets', 'Seed', 'Starter', 'Text', 'Threads', 'Token', 'Training'],
    ...['Tweets', 'Version', 'Wild'],
  ],
};

export function mayBeSame(words: string, code: string): boolean {
  // Nothing but numbers, signs and the sample's own words.
  if (!/\p{L}{2}/u.test(words.replaceAll(/Wort|WORT|eins|zwei/g, ''))) return true;
  // `Version 3` is the same word as `Version`.
  const word = words.replace(/ \d+$/, '');
  return ANYWHERE.has(word) || (IN[code] ?? []).includes(word);
}
