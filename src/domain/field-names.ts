/**
 * The names that the fields of a tweet have in files: one table for all readers (JSON, JSON Lines,
 * CSV, nested objects), because a tool writes the same names in all of these formats.
 *
 * The comparison ignores case, spaces, `_`, `-` and `.`: `Is Retweet`, `is_retweet`, `is-retweet`
 * and `isRetweet` are the same name, and so are `user.screen_name`, as tables name nested fields,
 * and `userscreenname`. The names of text and time, and of the flag for retweets, are also known in the
 * languages that spreadsheets are translated into. A name only says where to look; the value itself
 * decides whether it is usable. The most reliable names come first.
 */

/**
 * `retweeted`, `favorited` and `reblogged` are missing on purpose: they say what the user of the
 * API has done with a tweet, not what the tweet is.
 */
const NAMES = {
  text: `full_text raw_content text tweet_text tweet_full_text post_text status_text tweet_content
    post_content tweet content body tweets toot truth skeet post caption content_text
    content_html rendered_content
    texto_del_tweet texto_do_tweet texte_du_tweet testo_del_tweet texto texte testo inhalt contenido
    ツイート本文 本文 推文内容 推文 内容 正文 트윗 본문 текст`,
  id: `id_str tweet_id tweet_id_str status_id post_id rest_id id`,
  /** Only the number after `/status/` is used. */
  link: `tweet_url tweet_permalink tweet_link post_link post_url status_url permalink link url`,
  time: `created_at created timestamp timestamp_ms datetime date time date_time created_time posted_at
    post_date published_at published publish_date tweet_created tweet_created_at tweet_date
    tweet_time tweet_posted_time_utc creation_timestamp created_utc pub_date date_published
    fecha datum zeit hora heure 日時 投稿日時 日期 时间 날짜 дата`,
  /** The time of day, beside a date. */
  clock: `time`,
  likes: `favorite_count favourites_count favourite_count like_count likes_count likes nlikes favorites
    favourites public_metrics.like_count metrics.like_count stats.likes number_of_likes no_of_likes`,
  language: `lang language tweet_lang tweet_language`,
  replyToId: `in_reply_to_status_id_str in_reply_to_status_id in_reply_to_tweet_id in_reply_to_id
    in_reply_to_status reply_to_status_id reply_to_tweet_id reply_to_id reply_id in_reply_to
    referenced_tweets.replied_to.id`,
  replyToUserId: `in_reply_to_user_id_str in_reply_to_user_id in_reply_to_account_id
    reply_to_user_id`,
  replyToUser: `in_reply_to_screen_name in_reply_to_username in_reply_to_user in_reply_to_user.username
    reply_to_screen_name reply_to_username reply_to_user replying_to reply_to`,
  /** True for retweets. */
  isRetweet: `is_retweet is_a_retweet is_retweeted is_native_retweet is_rt is_repost is_reblog is_boost
    es_retweet es_un_retweet é_retweet é_um_retweet e_retweet est_retweet est_un_retweet è_retweet
    è_un_retweet ist_retweet ist_ein_retweet リツイートか リツイートかどうか 是否转推 是否转发 리트윗_여부
    это_ретвит является_ретвитом`,
  /** The original tweet, its id, or who retweeted it. Only retweets have it. */
  retweetOf: `retweeted_status retweeted_status_id retweeted_status_id_str retweeted_status_result
    retweeted_status_user_id retweeted_tweet retweeted_tweet_id retweeted_post retweet_of retweet_of_id
    retweet_of_status_id retweet_status_id retweet_user_id retweet_id retweeted_user_id repost_of
    repost_id renote_id retweeted_from retweeted_from_id reblog reblog_of_id referenced_tweets.retweeted.id user_rt user_rt_id
    retweeted_by reposted_by`,
  /** A flag, the original tweet, its id, or how often it was retweeted. */
  retweet: `retweet repost`,
  isQuote: `is_quote_status is_quote is_quoted is_quote_tweet is_quote_post`,
  quoteOf: `quoted_status quoted_status_id quoted_status_id_str quoted_status_result quoted_tweet
    quoted_tweet_id quoted_post quote_id quote_url quote_of quote_uri
    referenced_tweets.quoted.id`,
  /** A flag, the quoted tweet, its id, or how often it was quoted. */
  quote: `quote`,
  /** A word for what sort of tweet it is. */
  sort: `tweet_type post_type status_type type`,
  /** An object or a name. */
  author: `user author account owner tweet_by`,
  username: `screen_name username user_screen_name user_username user.username author_username
    author.username author_handle account_username account.username account.acct acct handle
    twitter_handle user_handle user_name account_name from_user from_user_name`,
  displayName: `display_name user_display_name user.display_name user.name author_name author.name
    account.display_name full_name name`,
  authorId: `author_id user_id_str user_id user.id_str user.id author.id account_id account.id
    from_user_id`,
  /** Who retweeted it, if the author is that of the original tweet. */
  retweetedBy: `user_rt retweeted_by reposted_by`,
  /** Who could see it. */
  visibility: `visibility privacy audience_type`,
  /** Fields that only messages have. These are private and are never read. */
  message: `message_create dm_conversation dm_conversation_id dm_event_id conversation_participants
    recipient recipient_id recipient_ids recipients receiver_id sender sender_id sender_name chat_id
    thread_path participants message_type`,
} as const;

export type FieldName = keyof typeof NAMES;

export interface FieldPlace {
  readonly field: FieldName;
  /** Index of the name in the table. A lower one is more reliable. */
  readonly rank: number;
}

const PLACES = new Map<string, readonly FieldPlace[]>();
for (const [field, names] of Object.entries(NAMES)) {
  for (const [rank, name] of names.split(/\s+/).entries()) {
    const key = fieldKey(name);
    PLACES.set(key, [...(PLACES.get(key) ?? []), { field: field as FieldName, rank }]);
  }
}

/** A name without everything that its spellings differ in. */
export function fieldKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Only a few hundred names occur, but the keys of an object may be ids. */
const MAX_REMEMBERED = 5_000;
const MAX_NAME_LENGTH = 64;
const remembered = new Map<string, readonly FieldPlace[]>();
const NONE: readonly FieldPlace[] = [];

/** The fields that this name can stand for: none, one or several. */
export function fieldsCalled(name: string): readonly FieldPlace[] {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const found = name.length > MAX_NAME_LENGTH ? NONE : (PLACES.get(fieldKey(name)) ?? NONE);
  if (remembered.size < MAX_REMEMBERED) remembered.set(name, found);
  return found;
}

export function isFieldCalled(name: string, field: FieldName): boolean {
  return fieldsCalled(name).some((place) => place.field === field);
}
