/** What opening a file finds in it, before any tweet is read. */

/** A stretch of bytes that holds tweets. */
export interface TweetSource {
  /** `tweets.js`, or `ARCHIVE.zip › data/tweets.js` for an entry. */
  readonly name: string;
  /** Uncompressed size, as far as it is known before reading. */
  readonly bytes: number;
  /** Starts from the beginning each time. Fails with `archive-unreadable`. */
  stream(): ReadableStream<Uint8Array>;
}

/** Who the tweets are by, where an archive says so. Nothing else of the account is ever kept. */
export interface Account {
  /** Without the `@`. */
  readonly username: string | null;
  readonly displayName: string | null;
}

/** One of the files a user brought. */
export interface OpenedFile {
  readonly name: string;
  /** In reading order. */
  readonly sources: readonly TweetSource[];
  readonly account: Account | null;
}
