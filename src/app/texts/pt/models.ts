/** What models are called and like, and their download. Their cards are in `model-cards.ts`. */
import { formatBytes, formatDuration } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const models: Catalogue['models'] = {
  starterName: 'Modelo inicial',

  descriptions: {
    distilgpt2: 'Metade do tamanho do GPT-2. Escreve frases inteiras em inglês simples.',
    gpt2: 'O que o huggingtweets usava. Conhece a web de 2019.',
    'gpt2-medium': 'O que escreve melhor entre estes, e o mais lento.',
  },

  askingHub: 'Perguntando ao Hub…',
  checkingModel: 'Verificando se é um GPT-2…',
  checking: (done) => `Verificando o que já está aqui: ${formatBytes(done)}`,
  checkingOf: (done, total) =>
    `Verificando o que já está aqui: ${formatBytes(done)} de ${formatBytes(total)}`,
  /* How far a download is: facts in a row. */
  received: (done) => formatBytes(done),
  receivedOf: (done, total) => `${formatBytes(done)} de ${formatBytes(total)}`,
  bytesPerSecond: (bytes) => `${formatBytes(bytes)} por segundo`,
  secondsLeft: (seconds) => `faltam ${formatDuration(seconds)}`,
};
