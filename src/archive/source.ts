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

/** One of the files a user brought. */
export interface OpenedFile {
  readonly name: string;
  /** In reading order. */
  readonly sources: readonly TweetSource[];
  readonly account: AccountNames | null;
}
