/** The chosen base model, its needs and its download. The list of models is in `model-list.ts`. */
import { byCount, formatBytes, formatCount, formatDuration, formatMillions } from '../../format.ts';

export const models = {
  starterName: 'Starter',
  startsFrom: 'Starts from',
  parameters: (count: number) => `${formatMillions(count)} parameters`,
  starterParameters: (count: number) => `comes with this page, ${formatMillions(count)} parameters`,
  readyOffline: 'ready offline',
  done: 'Done',
  listMissing: 'This part of the page couldn’t be loaded.',
  tryAgain: 'Try again',

  /* What a model needs: facts in a row. */
  tooLarge: 'too large to train on this computer',
  needsMemory: (bytes: number) => `needs about ${formatBytes(bytes)} of memory`,
  timesStarter: (times: number) =>
    byCount(times, {
      one: `each step takes about ${formatCount(times)} time as long as the starter’s`,
      other: `each step takes about ${formatCount(times)} times as long as the starter’s`,
    }),
  adapterOnly: 'learns with the small adapter only',
  descriptions: {
    distilgpt2: 'Half the size of GPT-2. Writes whole sentences of plain English.',
    gpt2: 'What huggingtweets used. Knows the web of 2019.',
    'gpt2-medium': 'The best writer of these, and the slowest.',
  },

  askingHub: 'Asking the Hub…',
  checkingModel: 'Checking that it is a GPT-2…',
  checking: (done: number) => `Checking what is here: ${formatBytes(done)}`,
  checkingOf: (done: number, total: number) =>
    `Checking what is here: ${formatBytes(done)} of ${formatBytes(total)}`,
  /* How far a download is: facts in a row. */
  received: (done: number) => formatBytes(done),
  receivedOf: (done: number, total: number) => `${formatBytes(done)} of ${formatBytes(total)}`,
  bytesPerSecond: (bytes: number) => `${formatBytes(bytes)} a second`,
  secondsLeft: (seconds: number) => `${formatDuration(seconds)} left`,
};
