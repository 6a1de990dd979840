/** The page around the three steps: header, footer, and what is said when something is missing. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount, formatProgress } from '../../format.ts';
import type { Inline } from '../inline.tsx';

export const page = {
  title: 'Mynah: teach a bird to tweet like you',
  titleInTraining: (share: number) => `${formatProgress(share)} trained · Mynah`,
  heroTitle: 'Teach a bird to tweet like you',
  hero: 'Give it your Twitter archive. It learns your style inside this page, on your own computer, and then writes new tweets, even offline.',
  trainedElsewhere: 'Trained a bot elsewhere?',

  themes: { system: 'system default', light: 'light', dark: 'dark' },

  /* Steps 2 and 3 in one line. */
  trainWaiting: 'A small GPT-2 learns how you write, on this computer.',
  trained: (steps: number) =>
    byCount(steps, {
      one: `Trained ${formatCount(steps)} step`,
      other: `Trained ${formatCount(steps)} steps`,
    }),
  trainedWithLoss: (steps: number, first: string, last: string) =>
    byCount(steps, {
      one: `Trained ${formatCount(steps)} step, loss ${first} → ${last}`,
      other: `Trained ${formatCount(steps)} steps, loss ${first} → ${last}`,
    }),

  writeWaiting: 'Your bot will write new tweets in your voice, even offline.',
  writeInTraining: 'Available when training is done. Pause training to write earlier.',

  readyOffline: 'Ready offline',
  notOffline: 'This browser doesn’t store the page, so it needs the network to open again',
  tweetsStay: 'Your tweets stay on this computer',
  storageUnknown: 'This browser doesn’t say how much it stores',
  stored: (used: number, quota: number) => `${formatBytes(used)} stored of ${formatBytes(quota)}`,
  downloading: (model: string) => `Downloading ${model}`,
  downloadingShare: (model: string, share: number) =>
    `Downloading ${model}, ${formatProgress(share)}`,
  licences: 'Licences',
  languageMissing: 'That language couldn’t be loaded. Connect to the network and choose it again.',
  update: 'A new version of Mynah is available.',
  updateOtherTab:
    'A new version of Mynah is available. You can reload when no other tab is at work.',
  updateWhenDone: 'A new version of Mynah is available. You can reload when this is done.',
  reload: 'Reload',
  reloadPage: 'Reload the page',

  partMissing: 'This part of the page couldn’t be loaded.',
  tryAgain: 'Try again',

  oneTabAssumed: (strong: Inline): ComponentChildren => [
    strong('This browser can’t tell whether Mynah is open in another tab.'),
    ' Use it in one tab only: two would delete each other’s work.',
  ],
  notKept:
    'Everything works here all the same, but it is kept only for as long as this page is open.',
  saveBeforeClosing: (strong: Inline, emphasis: Inline): ComponentChildren => [
    strong('Save your bot to a file before you close it'),
    ' (with ',
    emphasis('Export'),
    ', in the list of your bots).',
  ],
  outdated: 'A new version of Mynah has replaced this one.',
  outdatedReload:
    'Parts of this page can’t be loaded any more. What is saved is safe: reload the page to go on with the new version.',
  outdatedTraining: 'Your bot’s training pauses first, and can be continued.',
  cleared: 'What this site had stored was cleared while your bot trained.',
  clearedRest:
    'Other bots, tweets and models are gone. The bot in training and its tweets were still in memory: they have been saved again, and the training goes on.',
  elsewhere: 'Mynah is open in another tab.',
  elsewhereNext: 'Go on there, or close that tab and try again here.',
  waking: 'Waking the bird…',
  wakingWhy: 'It may still be busy in another tab.',
  insecure: 'Mynah needs a secure address.',
  insecureRest: (code: Inline): ComponentChildren => [
    'It was opened over plain ',
    code('http://'),
    ', where browsers lock away what it needs to keep your tweets and your bot. Open it with ',
    code('https://'),
    ' in the address, or on the computer that serves it as ',
    code('http://localhost'),
    '.',
  ],
};
