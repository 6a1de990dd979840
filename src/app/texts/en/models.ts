/** What models are called and like, and their download. Their cards are in `model-cards.ts`. */
import { formatBytes, formatDuration } from '../../format.ts';

export const models = {
  starterName: 'Starter',

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
