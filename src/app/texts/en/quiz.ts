/** “Real or bot?” */
import type { QuizScore } from '../../../domain/quiz.ts';
import { formatCount } from '../../format.ts';

export const quiz = {
  title: 'Real or bot?',
  teaser: 'Ten real tweets that the bot never saw, ten of its own. Can you tell which is which?',
  play: 'Play',
  playAgain: 'Play again',
  score: ({ right, pairs }: QuizScore) =>
    `Told apart so far: ${formatCount(right)} of ${formatCount(pairs)}`,

  howItGoes:
    'You see ten pairs of tweets. One of each pair is real: it was held out from training, so the bot has never seen it. The other was written by the bot, just now, with its usual settings. Both are of similar length.',
  howToRead:
    'Find the real one. If you can only guess, you will be right in about 5 of 10, and the bot is as good as it gets.',
  whoJudges: 'You may remember your own tweets. Someone else is a stricter judge of the bot.',
  start: 'Start',
  cancel: 'Cancel',
  loadingModel: 'Loading the bot',
  writing: (written: number, wanted: number) => `Writing tweets: ${written} of ${wanted}`,
  preparing: 'Preparing the round',

  impossible: {
    'no-tweets':
      'The tweets that this bot learned from aren’t in this browser, so there is nothing real to compare with. That is so for bots from files, and after tweets were deleted. Bring the same tweets, and open the bot again.',
    'too-few-held-out':
      'A round needs ten tweets that were held out from training, and of this bot’s tweets fewer were. From 40 tweets on, some are held out; of 400, about 60 are. Train a bot with more tweets.',
    'too-different':
      'What this bot writes is so much longer or shorter than the held-out tweets that length alone would tell them apart. Train it longer, and try again.',
  },

  pair: (number: number, of: number) => `Pair ${number} of ${of}`,
  question: 'Which one is real?',
  keys: 'Keys: 1 or ← for the first, 2 or → for the second.',
  choice: (side: 0 | 1, text: string) =>
    side === 0 ? `First tweet: ${text}` : `Second tweet: ${text}`,
  right: (side: 0 | 1) =>
    side === 0 ? 'Right: the first one is real.' : 'Right: the second one is real.',
  wrong: (side: 0 | 1) =>
    side === 0 ? 'Wrong: the first one is real.' : 'Wrong: the second one is real.',
  real: 'Real',
  bot: 'Bot',
  chosen: 'your choice',
  tally: (right: number, asked: number) => `${right} of ${asked} right`,
  streak: (count: number) => `Streak: ${count}`,
  next: 'Next pair',
  finish: 'See the result',

  result: (right: number, pairs: number) => `${right} of ${pairs} told apart`,
  meaning: {
    easy: 'You know this bot when you see it.',
    mostly: 'You mostly tell the bot from the real tweets.',
    guess: 'About as good as guessing: what it writes passes for real.',
    fooled: 'You took the bot for real more often than the real tweets.',
  },
  chance:
    'One round says little: by guessing alone, one in 18 rounds has 8 or more right. Several rounds together say more.',
  longest: (count: number) => `Longest streak: ${count}`,
  allRounds: ({ right, pairs, rounds }: QuizScore) =>
    `All ${formatCount(rounds)} rounds with it: ${formatCount(right)} of ${formatCount(pairs)} told apart`,
  kept: 'The result is kept with the bot, and in its record under Runs.',
  savePicture: 'Save picture',
  pictureSaved: 'Picture saved.',
  noPicture: 'Your browser couldn’t draw the picture.',
  noShare: 'Your browser couldn’t share the picture. Save it instead.',

  pictureLine: 'Real tweets against a bot that learned from them',
  pictureFoot: 'Trained in the browser · Mynah',
};
