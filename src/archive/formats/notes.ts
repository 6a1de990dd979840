/**
 * Long tweets whole.
 *
 * `tweets.js` has their first 275 characters; `note-tweet.js` has all of it, under an id that no
 * tweet has. They go together by time, which is the same or a second or two apart, and, as a thread
 * is posted within seconds, by how they begin: apart from links, which are shortened anew, from the
 * mentions that a reply starts with, and from HTML entities, which a note doesn't have.
 */

import { parseTime } from './time.ts';
import { NO_FIELDS, type RawTweet } from './tweet.ts';
import { isRecord, stringOf } from './values.ts';

const MAX_SECONDS_APART = 2;
/** Threads are posted some ten tweets a second. */
const MAX_A_SECOND = 100;

/** `{"noteTweet": {"createdAt": …, "core": {"text": …}}}`; null when it is none. */
export function parseNote(value: unknown): RawTweet | null {
  if (!isRecord(value) || !isRecord(value.noteTweet)) return null;
  const { noteTweetId, createdAt, core } = value.noteTweet;
  if (!isRecord(core) || typeof core.text !== 'string') return null;
  return {
    ...NO_FIELDS,
    text: core.text,
    isEscaped: false,
    id: stringOf(noteTweetId),
    createdAt: parseTime(createdAt),
    kind: 'note',
  };
}

/**
 * Puts every note in place of the tweet of its account that it is the whole of. Returns the notes
 * that belong to none: their tweets aren't there.
 */
export function joinNotes(tweets: RawTweet[], notes: readonly RawTweet[]): readonly RawTweet[] {
  if (notes.length === 0) return notes;
  const bySecond = new Map<number, number[]>();
  for (const [index, tweet] of tweets.entries()) {
    const second = secondOf(tweet);
    if (second === null) continue;
    const there = bySecond.get(second);
    if (there) there.push(index);
    else bySecond.set(second, [index]);
  }
  const left: RawTweet[] = [];
  for (const note of notes) {
    const index = bestMatch(note, tweets, bySecond);
    const tweet = index === null ? undefined : tweets[index];
    if (index === null || tweet === undefined) {
      left.push(note);
      continue;
    }
    const mentions = MENTIONS.exec(tweet.text)?.[0] ?? '';
    const text = MENTIONS.test(note.text) ? note.text : mentions + note.text;
    tweets[index] = { ...tweet, text, isEscaped: false, kind: 'note' };
  }
  return left;
}

const MENTIONS = /^(?:@\w+\s+)+/;

function secondOf(tweet: RawTweet | undefined): number | null {
  return tweet?.createdAt == null ? null : Math.round(tweet.createdAt / 1000);
}

function bestMatch(
  note: RawTweet,
  tweets: readonly RawTweet[],
  bySecond: ReadonlyMap<number, readonly number[]>,
): number | null {
  const second = secondOf(note);
  if (second === null) return null;
  const whole = essence(note.text);
  let best: number | null = null;
  let bestLength = 0;
  for (let apart = -MAX_SECONDS_APART; apart <= MAX_SECONDS_APART; apart++) {
    for (const index of bySecond.get(second + apart)?.slice(0, MAX_A_SECOND) ?? []) {
      const tweet = tweets[index];
      if (tweet?.account !== note.account || tweet.kind === 'note') continue;
      const cut = essence(unescapeHtml(tweet.text)).replace(/…$/, '').trimEnd();
      if (cut.length > bestLength && whole.startsWith(cut)) {
        best = index;
        bestLength = cut.length;
      }
    }
  }
  return best;
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function essence(text: string): string {
  return text
    .replace(MENTIONS, '')
    .replace(/https?:\/\/\S+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
