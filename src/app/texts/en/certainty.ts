/** How sure the bot was of each word of a tweet, what it could have written instead, and what it attended to. */
import { formatCount, formatNumber, formatRough } from '../../format.ts';

export const certainty = {
  open: 'How sure was it?',
  close: 'Close',
  region: 'How sure the bot was',
  words: 'Words of the tweet',
  asking: 'The bot reads its tweet again…',
  /** @param chances The perplexity: on average, it was as uncertain as in a draw among this many equally likely tokens. */
  summary: (chances: number) =>
    `On average, it chose as if among ${formatRough(chances)} equally likely tokens. Choose a word to see what else it could have written there.`,
  summaryOfNothing: 'Choose a word to see what else it could have written there.',
  tooLong: 'The tweet is longer than what this model can look at, so its end is missing here.',
  legend: 'How surprising a word is',
  levels: [
    'likelier than 1 in 2',
    'down to 1 in 10',
    'down to 1 in 100',
    'down to 1 in 1,000',
    'rarer than that',
  ],
  endOfTweet: 'end of the tweet',
  startOfTweet: 'start of the tweet',
  partOfCharacter: 'part of a character',
  space: 'space',
  lineBreak: 'line break',
  yours: 'You gave it this as the start.',
  firstChoice: (chance: string, bits: number) =>
    `${chance}: its first choice. ${formatRough(bits)} bits of surprise.`,
  laterChoice: (chance: string, rank: number, bits: number) =>
    `${chance}: its choice number ${formatCount(rank)}. ${formatRough(bits)} bits of surprise.`,
  manyTokens: (count: number, chance: string) =>
    `The bot writes this in ${formatCount(count)} tokens. Together: ${chance}.`,
  caption: 'What it could have written here',
  token: 'Token',
  probability: 'Probability',
  withSettings: 'With its settings',
  written: 'written',
  ruledOut: 'ruled out',
  never: (chance: string) => `less than ${chance}`,
  note: 'The first probability is the model’s own, at temperature 1. The second is what the settings that this tweet was written with make of it. Both are computed from the text as it is now, by the bot as it writes now.',
  attention: 'What it attended to',
  layer: 'Layer',
  head: 'Head',
  mean: 'Mean of all',
  number: (number: number) => formatNumber(number),
  attentionNote:
    'How the bot’s attention was divided among what stands before this token when it chose it, as the mean over the layers and heads that you choose. This shows where the bot looked, not why it chose the token.',
  share: 'Share of attention',
};
