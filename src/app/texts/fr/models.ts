/** What models are called and like, and their download, in French. */
import { formatBytes, formatDuration } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const models: Catalogue['models'] = {
  starterName: 'Starter',

  descriptions: {
    distilgpt2: 'Moitié moins grand que GPT-2. Écrit des phrases entières en anglais simple.',
    gpt2: 'Celui qu’utilisait huggingtweets. Connaît le web de 2019.',
    'gpt2-medium': 'Celui qui écrit le mieux de tous, et le plus lent.',
  },

  askingHub: 'Question posée au Hub…',
  checkingModel: 'Vérification que c’est un GPT-2…',
  checking: (done: number) => `Vérification de ce qui est ici : ${formatBytes(done)}`,
  checkingOf: (done: number, total: number) =>
    `Vérification de ce qui est ici : ${formatBytes(done)} sur ${formatBytes(total)}`,
  received: (done: number) => formatBytes(done),
  receivedOf: (done: number, total: number) => `${formatBytes(done)} sur ${formatBytes(total)}`,
  bytesPerSecond: (bytes: number) => `${formatBytes(bytes)} par seconde`,
  secondsLeft: (seconds: number) => `encore ${formatDuration(seconds)}`,
};
