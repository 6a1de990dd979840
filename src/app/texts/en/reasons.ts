/** Why a tweet isn't used, as it is said of one tweet, and of all tweets that are left out for it. */
export const reasons = {
  'by-hand': { one: 'By hand', all: 'By hand' },
  audience: { one: 'Unknown audience', all: 'Posts that don’t say who could see them' },
  retweet: { one: 'Retweet', all: 'Retweets' },
  reply: { one: 'Reply', all: 'Replies' },
  quote: { one: 'Quote', all: 'Quotes' },
  edited: { one: 'Older version', all: 'Older versions' },
  date: { one: 'Other date', all: 'Other dates' },
  language: { one: 'Other language', all: 'Other languages' },
  likes: { one: 'Too few likes', all: 'With too few likes' },
  link: { one: 'With a link', all: 'With links' },
  hashtag: { one: 'With a hashtag', all: 'With hashtags' },
  excluded: { one: 'Excluded word', all: 'With excluded words' },
  emoji: { one: 'Only emoji', all: 'With only emoji' },
  short: { one: 'Short', all: 'Short' },
  duplicate: { one: 'Repeat', all: 'Repeats' },
};
