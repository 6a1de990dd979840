/** What a reader of a file of tweets finds, in the order of the file. */

import type { Author, FoundTweet, RawTweet } from './tweet.ts';

export interface TweetHandler {
  onTweet(found: FoundTweet): void;
  /** The whole of a long tweet, of which there is the start among the tweets. */
  onNote(note: RawTweet): void;
  /** Something that is rightly there and no tweet: a like, an edit, a direct message. */
  onOther(): void;
  /** Something sound that is nothing known, from this offset on. */
  onUnknown(offset: number): void;
  /** Something that can't be read; the offset is that of its first fault. */
  onDamage(offset: number): void;
  /** Users that the tweets name by their ids alone. */
  onUsers(users: ReadonlyMap<string, Author>): void;
  /** Whose tweets the file says it holds. */
  onAccount(author: Author): void;
  /** The file is a part of an archive: what form its texts have is known. */
  onArchive(): void;
}
