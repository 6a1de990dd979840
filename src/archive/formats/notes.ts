/**
 * Completes long tweets.
 *
 * `tweets.js` has the first 275 characters of a long tweet, and `note-tweet.js` has the full text
 * under another id. They are matched by time, which differs by two seconds at most, and by how they
 * begin, because a thread is posted within seconds. The comparison ignores links, which are
 * shortened again, the mentions at the start of a reply, and HTML entities, which notes don't have.
 */

import { parseTime } from './time.ts';
import { NO_FIELDS, type RawTweet } from './tweet.ts';
import { isRecord, stringOf } from './values.ts';

const MAX_SECONDS_APART = 2;
/** A thread is posted at about ten tweets per second. */
const MAX_A_SECOND = 100;

/** `{"noteTweet": {"createdAt": …, "core": {"text": …}}}`; null if it is not a note. */
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
 * Replaces the text of each long tweet by its note of the same account. Returns the notes whose
 * tweets are not there.
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
