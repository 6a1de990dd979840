/** What the calls about tweets and datasets are given, report and return. This file has types only. */

import type { ErrorDetails } from '../core/errors.ts';
import type { CleaningOptions, DropReason } from '../domain/cleaning.ts';

export interface ImportParams extends ImportOptions {
  readonly files: readonly File[];
  /** Adds the tweets to this stored dataset, without those that it already has. */
  readonly addTo?: string | undefined;
}

export interface ImportOptions {
  /**
   * The path of each file in the dropped folder, such as `twitter/data/tweets.js`; empty for a loose
   * file.
   */
  readonly paths?: readonly string[] | undefined;
  /** Includes tweets to a Twitter Circle or to followers only, which were not public. */
  readonly withCircle?: boolean | undefined;
  /** Includes tweets that were deleted in the two weeks before the archive was made. */
  readonly withDeleted?: boolean | undefined;
  /** For a table's file name, the column that holds the texts, counted from 0. */
  readonly textColumns?: Readonly<Record<string, number>> | undefined;
}

export interface ImportProgress {
  readonly phase: 'opening' | 'reading' | 'cleaning' | 'saving';
  readonly file: string;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly tweetsRead: number;
  /** Reported once everything has been read. */
  readonly warnings?: readonly ImportWarning[];
  /** What adding to a dataset has come to; reported together with the warnings. */
  readonly added?: AddedTweets | undefined;
}

/** Of the tweets brought to a dataset that has some already. */
export interface AddedTweets {
  /** New ones. */
  readonly tweets: number;
  /** Those that were there already, and come once. */
  readonly repeated: number;
  /** Those that were there with less of their text, and have all of it now. */
  readonly lengthened: number;
}

/**
 * Problems that the user should know about although the import succeeded. `file` names the file and
 * entry.
 */
export type ImportWarning =
  | {
      /** A file in the archive's list of contents is missing. */
      readonly kind: 'missing-part';
      readonly file: string;
      /** The number of tweets that the list gives for it, if it gives one. */
      readonly expected: number | null;
    }
  | {
      /** The file has fewer or more tweets than the list of contents says. */
      readonly kind: 'count-mismatch';
      readonly file: string;
      readonly expected: number;
      readonly found: number;
    }
  | {
      /** The file occurs twice, and the last one was read. */
      readonly kind: 'duplicate-part';
      readonly file: string;
    }
  | {
      /** Dropped files that were not read: the first of them by name, and how many there are. */
      readonly kind: 'files-left';
      readonly files: readonly LeftFileName[];
      readonly count: number;
    }
  | {
      /** Tweets that occurred again, for example in two archives of one account. They were read once. */
      readonly kind: 'repeated-tweets';
      readonly count: number;
    };

export interface LeftFileName {
  readonly file: string;
  readonly why: LeftReason;
  /** For a table: what to ask the user, so that it can be read. */
  readonly question?: ErrorDetails['table-column-unknown'];
}

/** Why a dropped file was not read. */
export type LeftReason =
  | ErrorDetails['archive-unreadable']['reason']
  /** It is readable, but contains no tweets. */
  | 'no-tweets'
  /** Its name says that it can't contain tweets: a licence, or a private part of an archive. */
  | 'not-tweets'
  /** If there is an archive, files beside it are not read. */
  | 'beside-archive'
  /** A table without a column that is named like one with texts. */
  | 'no-text-column'
  /** There are too many files, or they are nested too deeply. */
  | 'too-many'
  | 'bot-or-model'; // the page opens it as what it is;

/** The counts: `read = retweets + short + other + kept`. Damaged entries don't count as read tweets. */
export interface DatasetCounts {
  readonly read: number;
  readonly retweets: number;
  readonly short: number;
  /** Tweets that were dropped for other reasons. */
  readonly other: number;
  readonly kept: number;
  /** Entries that were skipped because they are no tweets (without text, or not an object). */
  readonly damaged: number;
  /** The number of dropped tweets by reason, including retweets and short ones. Zero counts are absent. */
  readonly reasons: { readonly [R in DropReason]?: number };
}

/** One of the accounts whose tweets a dataset contains. */
export interface DatasetAccount {
  /** `@username` if the archive names it, else the name of the file. */
  readonly name: string;
  readonly username: string | null;
  readonly displayName: string | null;
  readonly counts: DatasetCounts;
  /** The number of code points in its documents. */
  readonly characters: number;
}

export interface DatasetSummary {
  readonly id: string;
  /** `@username` if the archive names it, else the name of the file. */
  readonly name: string;
  readonly username: string | null;
  readonly displayName: string | null;
  /** A small picture of the account as a `data:` URL, if the archive has one. */
  readonly avatar: string | null;
  readonly files: readonly string[];
  readonly counts: DatasetCounts;
  /** The number of characters after cleaning. */
  readonly characters: number;
  /**
   * The languages of at least a tenth of the kept tweets, the most frequent first. If the tweets
   * name none, the one that most of them are guessed to be in, or none if that is unsure.
   */
  readonly languages: readonly string[];
  /** True below 40,000 characters, with which training works but the bot may learn tweets by heart. */
  readonly isSmall: boolean;
  /** The SHA-256 of the kept documents in hexadecimal. */
  readonly contentHash: string;
  readonly createdAt: number;
  /** At least one account; their counts add up to `counts`. */
  readonly accounts: readonly DatasetAccount[];
  /** The number of texts to train on, which are tweets, or whole threads if those are joined. */
  readonly documentCount: number;
  /** How many of these texts answer or quote another one of the same account. */
  readonly answerCount: number;
  readonly options: CleaningOptions;
}

export interface BrowseParams {
  readonly datasetId: string;
  readonly offset: number;
  readonly limit: number;
  /** A substring, compared without case; empty matches all tweets. */
  readonly query: string;
  readonly show: 'all' | 'kept' | 'dropped' | DropReason;
}

export interface BrowsePage {
  readonly total: number;
  readonly rows: readonly BrowseRow[];
}

export interface BrowseRow {
  /** Its index among all tweets of the dataset, for `overrideTweets`. */
  readonly index: number;
  readonly text: string;
  readonly dropped: DropReason | null;
  /** Ms since 1970. */
  readonly createdAt: number | null;
  /** Index into {@link DatasetSummary.accounts}. */
  readonly account: number;
  /** The user's own decision about this tweet. */
  readonly decision: 'keep' | 'drop' | null;
}

/**
 * Numbers of tweets. They are zero if the files lack the information, and then the page offers no such
 * filter.
 */
export interface DatasetFacts {
  /** Posts of a service with private ones that don't say who could see them. */
  readonly unknownAudience: number;
  readonly replies: number;
  readonly quotes: number;
  /** Tweets in threads of two or more. */
  readonly threaded: number;
  readonly links: number;
  readonly mentions: number;
  readonly hashtags: number;
  readonly edited: number;
  readonly newLines: number;
  readonly emojiOnly: number;
  readonly withLikes: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** The most frequent first; `und` stands for tweets without a language. */
  readonly languages: readonly { readonly code: string; readonly tweets: number }[];
}

/** How many were read, and how many of them are kept. */
export interface BeforeAfter {
  readonly read: number;
  readonly kept: number;
}

export interface DatasetPlots {
  /** The first month, and one entry per month from there on. Empty if no tweet has a date. */
  readonly months: { readonly first: string; readonly tweets: readonly BeforeAfter[] };
  /**
   * Kept texts by their length in tokens: `[0, width)`, `[width, 2 width)`, …; the last interval is
   * open.
   */
  readonly lengths: { readonly width: number; readonly texts: readonly number[] };
  readonly words: readonly (BeforeAfter & { readonly word: string })[];
  readonly hashtags: readonly (BeforeAfter & { readonly word: string })[];
  /** The number of tokens in the kept texts, estimated from a sample. */
  readonly tokens: number;
}
