/** The options that decide which tweets a bot learns from and how their texts are cleaned up. */
const keepOrDrop = { keep: 'Keep', drop: 'Leave out' };

export const cleaning = {
  unknownAudience: { label: 'Posts that don’t say who could see them', choices: keepOrDrop },
  retweets: { label: 'Retweets', choices: keepOrDrop },
  replies: { label: 'Replies to other people', choices: keepOrDrop },
  quotes: { label: 'Quote tweets', choices: keepOrDrop },
  duplicates: { label: 'Repeated tweets', choices: keepOrDrop },
  edits: { label: 'Older versions of edited tweets', choices: keepOrDrop },
  emojiOnly: { label: 'Tweets with only emoji', choices: keepOrDrop },
  links: {
    label: 'Tweets with links',
    choices: { strip: 'Keep without the link', drop: 'Leave out' },
  },
  hashtags: {
    label: 'Hashtags',
    choices: { keep: 'Keep', strip: 'Remove', drop: 'Leave out tweets with hashtags' },
  },
  mentions: {
    label: 'Mentions',
    choices: {
      keep: 'Keep',
      'strip-leading': 'Remove at the start of replies',
      strip: 'Remove everywhere',
    },
  },
  threads: {
    label: 'Threads',
    choices: { apart: 'One text for each tweet', join: 'One text for each thread' },
  },
  newLines: { label: 'Line breaks', choices: { space: 'Replace with spaces', keep: 'Keep' } },
  minimumWords: { label: 'Minimum words' },
  minimumLikes: { label: 'Minimum likes' },
  fromMs: { label: 'From' },
  untilMs: { label: 'Until' },
  exclude: { label: 'Tweets without these words' },
  languages: { label: 'Languages' },
  shares: { label: 'Shares of the accounts' },
};
