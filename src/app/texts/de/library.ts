/** The list of bots, and what can be done with them, in German. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const library: Catalogue['library'] = {
  newBot: 'Neuer Bot',
  empty: 'Bots, die du trainierst, erscheinen hier. Sie bleiben in diesem Browser.',

  trainMore: 'Weiter trainieren',
  continue: 'Fortsetzen',
  export: 'Exportieren',
  exportOf: (name: string) => `${name} exportieren`,
  rename: 'Umbenennen',
  renameOf: (name: string) => `${name} umbenennen`,
  duplicate: 'Duplizieren',
  duplicateOf: (name: string) => `${name} duplizieren`,
  delete: 'Löschen',
  deleteOf: (name: string) => `${name} löschen`,
  noTweets:
    'Dieser Bot kann nicht weiter trainiert werden, weil seine Tweets gelöscht worden sind.',
  from: (dataset: string) => `aus ${dataset}`,
  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} Tweet`, other: `${formatCount(count)} Tweets` }),
  quiz: (right: number, pairs: number) =>
    `Echt oder Bot: ${formatCount(right)} von ${formatCount(pairs)} erkannt`,
  inTraining: (step: number, steps: number | null) =>
    steps === null
      ? `Im Training: Schritt ${formatCount(step)}`
      : `Im Training: Schritt ${formatCount(step)} von ${formatCount(steps)}`,
  paused: (step: number, steps: number) =>
    `Pausiert bei Schritt ${formatCount(step)} von ${formatCount(steps)}`,
  interrupted: (step: number, steps: number) =>
    `Unterbrochen bei Schritt ${formatCount(step)} von ${formatCount(steps)}`,
  steps: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Schritt`,
      other: `${formatCount(count)} Schritte`,
    }),
  stepsWithLoss: (count: number, loss: string) =>
    byCount(count, {
      one: `${formatCount(count)} Schritt, Loss ${loss}`,
      other: `${formatCount(count)} Schritte, Loss ${loss}`,
    }),

  /* Export */
  exportPromise: 'Die Datei ist ein ZIP. Deine Tweets sind nicht darin.',
  writingFile: 'Die Datei wird geschrieben',
  starting: 'beginnt',
  cancel: 'Abbrechen',
  close: 'Schließen',
  forMynah: 'Für Mynah und Hugging Face',
  forMynahPrograms: '„Bot öffnen“, transformers, der Hub',
  forGguf: 'GGUF',
  forPages: 'Für Webseiten',
  files: {
    full: (bold: Inline, bytes: number): ComponentChildren => [
      bold('Volle Genauigkeit'),
      ` ${formatBytes(bytes)} · genau wie hier`,
    ],
    half: (bold: Inline, bytes: number): ComponentChildren => [
      bold('Halbe Größe'),
      ` ${formatBytes(bytes)} · leicht gerundet`,
    ],
    adapter: (bold: Inline, italic: Inline, bytes: number): ComponentChildren => [
      bold('Nur der Adapter'),
      ` ${formatBytes(bytes)} · für `,
      italic('PEFT'),
      ', das auch das Basismodell braucht',
    ],
    Q8_0: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF, 8 Bit'),
      ` ${formatBytes(bytes)} · die kleinste Datei, stärker gerundet`,
    ],
    F16: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF, 16 Bit'),
      ` ${formatBytes(bytes)} · leicht gerundet`,
    ],
    F32: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF, 32 Bit'),
      ` ${formatBytes(bytes)} · genau wie hier`,
    ],
    onnx: (bold: Inline, bytes: number): ComponentChildren => [
      bold('ONNX'),
      ` ${formatBytes(bytes)} · genau wie hier`,
    ],
  },
  zipArchive: 'ZIP-Archiv',

  /* Open */
  readingBot: 'Der Bot wird gelesen',
  opening: 'wird geöffnet',
  openHint:
    'Eine ZIP-Datei, die Mynah exportiert hat, die Dateien eines GPT-2 oder ein Adapter von PEFT',
  openWithModel: 'Mit diesem Modell öffnen',
  openedFromFile: 'aus einer Datei geöffnet',
  modelGone: 'ein Modell, das nicht mehr da ist',

  /* Name and picture */
  nameOfBot: 'Name des Bots',
  pictureOfBot: 'Bild des Bots',
  save: 'Speichern',
  mynaBird: 'der Beo',
  accountPicture: 'das Bild des Accounts',
  emoji: {
    '🦜': 'Papagei',
    '🐦': 'Vogel',
    '🦉': 'Eule',
    '🐧': 'Pinguin',
    '🦩': 'Flamingo',
    '🐔': 'Huhn',
    '🤖': 'Roboter',
    '👻': 'Gespenst',
    '🎩': 'Zylinder',
    '🧠': 'Gehirn',
    '🔥': 'Feuer',
    '🌶️': 'Chilischote',
    '🌈': 'Regenbogen',
    '🌙': 'Mond',
    '☕': 'Kaffee',
    '🎸': 'Gitarre',
    '📚': 'Bücher',
  },

  /* Training further */
  trainMoreOf: (name: string) => `${name} weiter trainieren`,
  createsVersion: (version: number) =>
    `Das Training geht weiter und ergibt Version ${formatCount(version)}.`,
  createsVersionOnSame: (version: number) =>
    `Das Training geht mit denselben Tweets weiter und ergibt Version ${formatCount(version)}.`,
  moreEpochs: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} weitere Epoche`,
      other: `${formatCount(count)} weitere Epochen`,
    }),
  withNewer: (count: number) => `Mit den neueren Tweets (+${formatCount(count)})`,
  asKeptNow: (count: number) => `Mit den Tweets, die jetzt behalten werden (${formatCount(count)})`,
  sameAsBefore: (count: number) => `Mit denselben Tweets wie vorher (${formatCount(count)})`,

  /* Versions */
  versions: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Version`,
      other: `${formatCount(count)} Versionen`,
    }),
  version: (number: number) => `Version ${formatCount(number)}`,
  deleteVersion: (number: number, name: string) =>
    `Version ${formatCount(number)} von ${name} löschen`,
  atStep: (step: number) => `Schritt ${formatCount(step)}`,
  lossIs: (loss: string) => `Loss ${loss}`,

  hasBeenDeleted: (bold: Inline, name: string): ComponentChildren => [
    bold(name),
    ' wurde gelöscht, mit allem, was er geschrieben hat.',
  ],
  undo: 'Rückgängig',
  deletePermanently: 'Endgültig löschen',
};
