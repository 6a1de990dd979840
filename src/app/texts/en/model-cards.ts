/** The cards of the models that a bot can start from: what each is like, and what it takes here. */
import type { ComponentChildren } from 'preact';
import { formatEstimate } from '../../estimates.ts';
import { formatBytes } from '../../format.ts';
import type { Inline } from '../inline.tsx';

export const modelCards = {
  startsFrom: (bold: Inline, name: string): ComponentChildren => ['Starts from ', bold(name)],
  recommended: 'Recommended here',
  ownDescription: 'From the Hub by its name or language, or a model folder of your own.',
  otherBots:
    'To teach one of your bots more, press Train more in the list of your bots. To go on with one that you exported, press Open a bot.',

  /* What it takes: facts in a row. */
  time: (seconds: number) => formatEstimate(seconds),
  memory: (bytes: number) => `${formatBytes(bytes)} of memory`,
  download: (bytes: number) => `${formatBytes(bytes)} to download`,
  isHere: 'Ready offline',
  isHereWith: (bytes: number) => `Ready offline, ${formatBytes(bytes)}`,
  adapterOnly:
    'Only a small adapter is trained, because training the whole model would be too much for this computer.',
  tooLarge: 'Too large to train on this computer: there isn’t enough memory for it.',
  tooLong: 'This would take very long here. It is much faster on a computer with a graphics card.',
  roughly:
    'The time is estimated from the speed measured with another model. It is measured with this one once it is here.',

  soundsLike: 'What such a bot writes',
  madeHere: 'By a bot of the sample’s author, trained on this page',
  quotedFrom: (link: Inline, source: string): ComponentChildren => ['Published by ', link(source)],
  sources: {
    huggingtweets: 'huggingtweets (the beginning of the example in its README)',
    woolf: 'Max Woolf (a bot that learned the tweets of @MagicRealismBot)',
  },
  canAndCannot: (strong: Inline): ComponentChildren => [
    'It has 3.5 million parameters and was trained on public-domain books. It shows the idea in a minute or two, but it is small: ',
    strong('it picks up your words and topics, not your thoughts.'),
    ' For whole sentences that make sense, use a larger model.',
  ],

  notEnglish: (language: string) =>
    `Most of your tweets are in ${language}, and these models know only English. From your tweets alone they learn words, but hardly any of the grammar of ${language}.`,
  findOther: (language: string) => `Find a GPT-2 that knows ${language}`,
};
