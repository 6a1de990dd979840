/** The ready-made bot that comes with the page: in the first screen, and among the bots. */

export const ready = {
  title: 'Try it',
  about:
    'A ready-made bot, trained on the tweets of an invented author: a bird at a lost-property desk. It runs on your computer. It is small: it knows the shapes of tweets, not the world.',
  badge: 'Ready-made',
  placeholder: 'Start a tweet, or leave it empty',
  /** Beginnings of a tweet in the language that the bot knows, which is English. */
  starts: ['My dream is', 'I think', 'Today', 'Nobody'],
  write: 'Write',
  stopping: 'Stopping…',
  teach: 'Teach it your style',
  moreSettings: 'More settings',
  opening: 'Opening the bot…',
  engineStarts: 'The engine is starting…',
  noEngine: 'It can’t write while the engine isn’t running. The note at the top says why.',
  status: 'It comes with the page, to try things out.',
  isBack: 'The ready-made bot is back.',
};
