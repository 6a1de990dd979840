/** What opening files finds in them, before any tweet is read. */

import type { ImportWarning } from '../../protocol/datasets.ts';
import type { TweetFormat } from '../formats/tweet-reader.ts';
import type { TweetKind } from '../formats/tweet.ts';
import type { LeftFile } from './left-files.ts';

/** A file, or an entry of a ZIP or another container. */
export interface ByteSource {
  /** `tweets.js`, or `ARCHIVE.zip › data/tweets.js` for an entry. */
  readonly name: string;
  /** Uncompressed size, as far as it is known before reading. */
  readonly bytes: number;
  /** Starts from the beginning each time. Fails with `archive-unreadable`. */
  stream(): ReadableStream<Uint8Array>;
}

/** A stretch of bytes that holds tweets. */
export interface TweetSource extends ByteSource {
  readonly format: TweetFormat | 'repository';
  /** What its elements are, where they don't say it themselves. */
  readonly kind: TweetKind;
  /** How many the archive's own list of contents says there are. */
  readonly expected: number | null;
  /** Of a table: which column holds the text; null to find it by its name. */
  readonly textColumn: number | null;
}

/** Who tweets are by, where a file says so. Nothing else of the account is ever kept. */
export interface AccountNames {
  /** Without the `@`. */
  readonly username: string | null;
  readonly displayName: string | null;
}

/** Whose tweets they are, as the page shows it. */
export interface Account extends AccountNames {
  /** `@username` where it is known, else the name of the file. */
  readonly label: string;
  /** A picture of at most 1 MB, where the archive has it. */
  readonly avatar: Blob | null;
}

/** Tweets that belong together: an archive, or a single file that somebody made. */
export interface OpenedUnit {
  /** Names of the files that the user brought. */
  readonly files: readonly string[];
  /** In reading order. */
  readonly sources: readonly TweetSource[];
  /** Null for a file that somebody made: there only the tweets and the file's name may tell. */
  readonly account: Account | null;
  readonly warnings: readonly ImportWarning[];
}

export interface OpenedArchive {
  readonly units: readonly OpenedUnit[];
  /** Sum over all sources. */
  readonly bytesTotal: number;
  /** What was brought and isn't read, and why. */
  readonly left: readonly LeftFile[];
}
