/** What models are called and like, and their download. Their cards are in `model-cards.ts`. */
import { formatBytes, formatDuration } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const models: Catalogue['models'] = {
  starterName: 'Modelo inicial',

  descriptions: {
    distilgpt2: 'La mitad de tamaño que GPT-2. Escribe frases enteras en un inglés sencillo.',
    gpt2: 'El que usaba huggingtweets. Conoce la web de 2019.',
    'gpt2-medium': 'El que mejor escribe de estos, y el más lento.',
  },

  askingHub: 'Preguntando al Hub…',
  checkingModel: 'Comprobando que es un GPT-2…',
  checking: (done) => `Comprobando lo que ya está aquí: ${formatBytes(done)}`,
  checkingOf: (done, total) =>
    `Comprobando lo que ya está aquí: ${formatBytes(done)} de ${formatBytes(total)}`,
  /* How far a download is: facts in a row. */
  received: (done) => formatBytes(done),
  receivedOf: (done, total) => `${formatBytes(done)} de ${formatBytes(total)}`,
  bytesPerSecond: (bytes) => `${formatBytes(bytes)} por segundo`,
  secondsLeft: (seconds) => `quedan ${formatDuration(seconds)}`,
};
