/** The tweets the user keeps, in localStorage: this browser only. */
import { signal } from '@preact/signals';
import { announce } from './announce.ts';
import { readStored, writeStored } from './settings.ts';

export interface KeptTweet {
  readonly text: string;
  readonly botName: string;
}

const KEPT_KEY = 'mynah-kept';
/** localStorage is small; a list longer than this belongs in a file. */
const MAX_KEPT = 500;

export const keptTweets = signal<readonly KeptTweet[]>(parseKept(readStored(KEPT_KEY)));

/** Untrusted until each entry has been checked. */
export function parseKept(value: unknown): readonly KeptTweet[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_KEPT).flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    if (!('text' in entry) || typeof entry.text !== 'string') return [];
    if (!('botName' in entry) || typeof entry.botName !== 'string') return [];
    return [{ text: entry.text, botName: entry.botName }];
  });
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
