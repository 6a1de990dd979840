/** What the calls about writing are given, report and return. This file has types only. */

import type { WritingSettings } from '../domain/writing.ts';

export interface GenerateParams extends WritingSettings {
  readonly runId: string;
  readonly prompt: string;
  readonly count: number;
  /** If undefined, the engine draws a seed and returns it in the result. */
  readonly seed?: number | undefined;
  /** At least so many tokens are written after the prompt, which may be a whole tweet; 0 by default. */
  readonly minNewTokens?: number | undefined;
  /** The stored tweet that the new one is another try of: it is listed right after it. */
  readonly insteadOf?: string | undefined;
  /** A tweet that the new ones are to answer. It is never part of them. */
  readonly replyTo?: string | undefined;
}

export interface PrepareParams {
  readonly runId: string;
  /** How many tweets are likely to be asked for. */
  readonly count: number;
}

export interface GenerateProgress {
  /** The tweets that have changed since the last report: each whole text so far, including the prompt. */
  readonly tweets: readonly {
    readonly index: number;
    readonly text: string;
    readonly isDone: boolean;
  }[];
  /** The tweets that have been finished since the last report, checked for copies and stored. */
  readonly finished: readonly WrittenTweet[];
}

/** A passage of a generated tweet that is, word for word, in a tweet that the bot was trained on. */
export interface TweetCopy {
  /** The passage, in code units of the generated tweet. */
  readonly start: number;
  readonly end: number;
  /** Whether it is a copy: the passage has at least four fifths of what the bot wrote. Else it is only near. */
  readonly isWhole: boolean;
  /** The tweet that the bot was trained on; null once it has been deleted. */
  readonly original: string | null;
}

/** What the user has decided about a tweet. */
export type TweetMark = 'new' | 'kept' | 'dropped';

/** A tweet that a bot wrote, as it is stored with the bot. */
export interface WrittenTweet {
  /** Tweets of one bot, sorted by their ids, are in the order in which they were written. */
  readonly id: string;
  readonly runId: string;
  /** When its batch was begun; the same for all tweets of one batch. */
  readonly createdAt: number;
  readonly prompt: string;
  /** The tweet that it answers; undefined if it answers none. */
  readonly replyTo?: string | undefined;
  readonly text: string;
  /** Whether the user has changed the text. */
  readonly isEdited: boolean;
  readonly seed: number;
  /** Its number among all that the seed gives: with the seed, the prompt and the settings it is reproducible. */
  readonly number: number;
  readonly settings: WritingSettings;
  /** What it copies, or null if nothing. Undefined if there were no training texts to compare it with. */
  readonly copy?: TweetCopy | null | undefined;
  readonly mark: TweetMark;
  readonly isPinned: boolean;
}

/** What the user changes in written tweets. */
export interface WrittenEdit {
  readonly text?: string | undefined;
  readonly mark?: TweetMark | undefined;
  readonly isPinned?: boolean | undefined;
}

export interface GenerateResult {
  readonly seed: number;
  readonly tweets: readonly string[];
  readonly tokens: number;
  readonly tokensPerSecond: number;
}
