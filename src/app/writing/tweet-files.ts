/** Written tweets as files: plain text, CSV, JSON, JSON Lines, and a schedule for hosts of bots. */
import type { WrittenTweet } from '../../protocol/writing.ts';

export type TweetFormat = 'txt' | 'csv' | 'json' | 'jsonl';

export const TWEET_FORMATS: readonly TweetFormat[] = ['txt', 'csv', 'json', 'jsonl'];

const TYPES: { readonly [F in TweetFormat]: string } = {
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  jsonl: 'application/jsonl',
};

export function tweetFile(tweets: readonly WrittenTweet[], format: TweetFormat): Blob {
  return new Blob([tweetLines(tweets, format)], { type: TYPES[format] });
}

/** The content of the file. In plain text, a tweet is one line, so its own line breaks become spaces. */
export function tweetLines(tweets: readonly WrittenTweet[], format: TweetFormat): string {
  const rows = tweets.map(recordOf);
  switch (format) {
    case 'txt':
      return rows.map(({ text }) => `${text.replaceAll(/\s*\n\s*/g, ' ')}\n`).join('');
    case 'json':
      return `${JSON.stringify(rows, null, 2)}\n`;
    case 'jsonl':
      return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    case 'csv':
      return csv(
        Object.keys(rows[0] ?? {}),
        rows.map((row) => Object.values(row)),
      );
  }
}

/** The fields of a tweet in a file. With its start, seed, number and settings, the same bot writes it again. */
function recordOf(tweet: WrittenTweet) {
  const { text, prompt, replyTo, seed, number, settings, mark, isEdited, copy, createdAt } = tweet;
  return {
    text,
    prompt,
    reply_to: replyTo ?? null,
    seed,
    number,
    ...settings,
    kept: mark === 'kept',
    edited: isEdited,
    // Null where there was nothing to compare it with.
    copied: copy === undefined ? null : copy !== null,
    written_at: new Date(createdAt).toISOString(),
  };
}

export interface Schedule {
  /** When the first tweet is to be posted. */
  readonly start: Date;
  readonly hoursBetween: number;
}

/** Columns `scheduled_at` (ISO 8601, in UTC) and `content`, in the order of the tweets. */
export function scheduleLines(
  tweets: readonly Pick<WrittenTweet, 'text'>[],
  { start, hoursBetween }: Schedule,
): string {
  const rows = tweets.map(({ text }, i) => [
    new Date(start.getTime() + i * hoursBetween * 3_600_000).toISOString().replace('.000Z', 'Z'),
    text,
  ]);
  return csv(['scheduled_at', 'content'], rows);
}

/** As in RFC 4180. */
function csv(names: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown) => {
    const text = value === null ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [names, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Where X offers to post a text. It is asked only when the user follows the link. */
export function postLink(text: string): string {
  return `https://x.com/intent/tweet?text=${encodeURIComponent(text)}`;
}
