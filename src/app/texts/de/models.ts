/** What models are called and like, and their download, in German. */
import { formatBytes, formatDuration } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const models: Catalogue['models'] = {
  starterName: 'Starter',

  descriptions: {
    distilgpt2: 'Halb so groß wie GPT-2. Schreibt ganze Sätze in schlichtem Englisch.',
    gpt2: 'Das Modell von huggingtweets. Kennt das Web von 2019.',
    'gpt2-medium': 'Schreibt von diesen am besten und am langsamsten.',
  },

  askingHub: 'Fragt den Hub…',
  checkingModel: 'Prüft, ob es ein GPT-2 ist…',
  checking: (done: number) => `Prüft, was schon hier ist: ${formatBytes(done)}`,
  checkingOf: (done: number, total: number) =>
    `Prüft, was schon hier ist: ${formatBytes(done)} von ${formatBytes(total)}`,
  received: (done: number) => formatBytes(done),
  receivedOf: (done: number, total: number) => `${formatBytes(done)} von ${formatBytes(total)}`,
  bytesPerSecond: (bytes: number) => `${formatBytes(bytes)} pro Sekunde`,
  secondsLeft: (seconds: number) => `noch ${formatDuration(seconds)}`,
};
