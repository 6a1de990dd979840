/** Receives what the reader of a file finds, in the order of the file. */

import type { Author } from './author.ts';
import type { FoundTweet, RawTweet } from './tweet.ts';

export interface TweetHandler {
  onTweet(found: FoundTweet): void;
  /** The full text of a long tweet, whose beginning is among the tweets. */
  onNote(note: RawTweet): void;
  /**
   * Something that is expected in such a file and is no tweet: a like, an edit, a direct message.
   */
  onOther(): void;
  /** Something valid but unknown at this offset. */
  onUnknown(offset: number): void;
  /** Something that can't be read. The offset is that of its first fault. */
  onDamage(offset: number): void;
  /** Users that the tweets only name by their ids. */
  onUsers(users: ReadonlyMap<string, Author>): void;
  /** The account that, according to the file, its tweets belong to. */
  onAccount(author: Author): void;
  /** The file is a part of an archive, so the form of its texts is known. */
  onArchive(): void;
}
