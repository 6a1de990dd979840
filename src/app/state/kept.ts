/** The tweets the user keeps, in localStorage: this browser only. */
import { signal } from '@preact/signals';
import { arrayOf, objectOf, otherwise, parseString } from '../../core/parse.ts';
import { announce } from './announce.ts';
import { readStored, writeStored } from './settings.ts';

export interface KeptTweet {
  readonly text: string;
  readonly botName: string;
}

const KEPT_KEY = 'mynah-kept';
/** localStorage is small; a list longer than this belongs in a file. */
const MAX_KEPT = 500;

const parseEntry = objectOf<KeptTweet>({ text: parseString, botName: parseString });
const parseEntries = otherwise(arrayOf(otherwise(parseEntry, null)), []);

export const keptTweets = signal<readonly KeptTweet[]>(parseKept(readStored(KEPT_KEY)));

/** Untrusted until each entry has been checked. */
export function parseKept(value: unknown): readonly KeptTweet[] {
  return parseEntries(value, 'kept')
    .slice(0, MAX_KEPT)
    .filter((entry) => entry !== null);
}

export function isKept(text: string): boolean {
  return keptTweets.value.some((kept) => kept.text === text);
}

export function keepTweet(tweet: KeptTweet): void {
  if (isKept(tweet.text)) return;
  setKept([tweet, ...keptTweets.value].slice(0, MAX_KEPT));
  announce('Kept.');
}

export function forgetTweet(text: string): void {
  setKept(keptTweets.value.filter((kept) => kept.text !== text));
  announce('No longer kept.');
}

function setKept(kept: readonly KeptTweet[]): void {
  keptTweets.value = kept;
  writeStored(KEPT_KEY, kept);
}
