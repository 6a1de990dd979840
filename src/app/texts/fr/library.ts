/** The list of bots, and what can be done with them, in French. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const library: Catalogue['library'] = {
  newBot: 'Nouveau bot',
  empty: 'Les bots que vous entraînez apparaîtront ici. Ils restent dans ce navigateur.',

  trainMore: 'Entraîner encore',
  continue: 'Reprendre',
  export: 'Exporter',
  exportOf: (name: string) => `Exporter ${name}`,
  rename: 'Renommer',
  renameOf: (name: string) => `Renommer ${name}`,
  duplicate: 'Dupliquer',
  duplicateOf: (name: string) => `Dupliquer ${name}`,
  delete: 'Supprimer',
  deleteOf: (name: string) => `Supprimer ${name}`,
  noTweets: 'Ce bot ne peut plus être entraîné davantage, car ses tweets ont été supprimés.',
  from: (dataset: string) => `tweets : ${dataset}`,
  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} tweet`, other: `${formatCount(count)} tweets` }),
  quiz: (right: number, pairs: number) =>
    byCount(right, {
      one: `Vrai ou bot : ${formatCount(right)} reconnu sur ${formatCount(pairs)}`,
      other: `Vrai ou bot : ${formatCount(right)} reconnus sur ${formatCount(pairs)}`,
    }),
  inTraining: (step: number, steps: number | null) =>
    steps === null
      ? `En entraînement : étape ${formatCount(step)}`
      : `En entraînement : étape ${formatCount(step)} sur ${formatCount(steps)}`,
  paused: (step: number, steps: number) =>
    `En pause à l’étape ${formatCount(step)} sur ${formatCount(steps)}`,
  interrupted: (step: number, steps: number) =>
    `Interrompu à l’étape ${formatCount(step)} sur ${formatCount(steps)}`,
  steps: (count: number) =>
    byCount(count, { one: `${formatCount(count)} étape`, other: `${formatCount(count)} étapes` }),
  stepsWithLoss: (count: number, loss: string) =>
    byCount(count, {
      one: `${formatCount(count)} étape, perte ${loss}`,
      other: `${formatCount(count)} étapes, perte ${loss}`,
    }),

  /* Export */
  exportPromise: 'Le fichier est un ZIP. Il ne contient pas vos tweets.',
  writingFile: 'Écriture du fichier',
  starting: 'démarrage',
  cancel: 'Annuler',
  close: 'Fermer',
  forMynah: 'Pour Mynah et Hugging Face',
  forMynahPrograms: '« Ouvrir un bot », transformers, le Hub',
  forGguf: 'GGUF',
  forPages: 'Pour des pages web',
  files: {
    full: (bold: Inline, bytes: number): ComponentChildren => [
      bold('Pleine précision'),
      ` ${formatBytes(bytes)} · exactement comme ici`,
    ],
    half: (bold: Inline, bytes: number): ComponentChildren => [
      bold('Moitié moins gros'),
      ` ${formatBytes(bytes)} · légèrement arrondi`,
    ],
    adapter: (bold: Inline, italic: Inline, bytes: number): ComponentChildren => [
      bold('Adaptateur seul'),
      ` ${formatBytes(bytes)} · pour `,
      italic('PEFT'),
      ', qui a aussi besoin du modèle de base',
    ],
    Q8_0: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF, 8 bits'),
      ` ${formatBytes(bytes)} · le plus petit fichier, arrondi davantage`,
    ],
    F16: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF, 16 bits'),
      ` ${formatBytes(bytes)} · légèrement arrondi`,
    ],
    F32: (bold: Inline, bytes: number): ComponentChildren => [
      bold('GGUF, 32 bits'),
      ` ${formatBytes(bytes)} · exactement comme ici`,
    ],
    onnx: (bold: Inline, bytes: number): ComponentChildren => [
      bold('ONNX'),
      ` ${formatBytes(bytes)} · exactement comme ici`,
    ],
  },
  zipArchive: 'Archive ZIP',

  /* Open */
  readingBot: 'Lecture du bot',
  opening: 'ouverture',
  openHint: 'Un fichier ZIP exporté par Mynah, les fichiers d’un GPT-2, ou un adaptateur PEFT',
  openWithModel: 'Ouvrir avec ce modèle',
  openedFromFile: 'ouvert depuis un fichier',
  modelGone: 'un modèle qui n’est plus là',

  /* Name and picture */
  nameOfBot: 'Nom du bot',
  pictureOfBot: 'Image du bot',
  save: 'Enregistrer',
  mynaBird: 'le mainate',
  accountPicture: 'la photo du compte',
  emoji: {
    '🦜': 'perroquet',
    '🐦': 'oiseau',
    '🦉': 'hibou',
    '🐧': 'manchot',
    '🦩': 'flamant rose',
    '🐔': 'poule',
    '🤖': 'robot',
    '👻': 'fantôme',
    '🎩': 'haut-de-forme',
    '🧠': 'cerveau',
    '🔥': 'feu',
    '🌶️': 'piment',
    '🌈': 'arc-en-ciel',
    '🌙': 'lune',
    '☕': 'café',
    '🎸': 'guitare',
    '📚': 'livres',
  },

  /* Training further */
  trainMoreOf: (name: string) => `Entraîner encore ${name}`,
  createsVersion: (version: number) =>
    `L’entraînement continue et crée la version ${formatCount(version)}.`,
  createsVersionOnSame: (version: number) =>
    `L’entraînement continue avec les mêmes tweets et crée la version ${formatCount(version)}.`,
  moreEpochs: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} époque de plus`,
      other: `${formatCount(count)} époques de plus`,
    }),
  withNewer: (count: number) => `Avec les tweets plus récents (+${formatCount(count)})`,
  asKeptNow: (count: number) => `Avec les tweets gardés maintenant (${formatCount(count)})`,
  sameAsBefore: (count: number) => `Avec les mêmes tweets qu’avant (${formatCount(count)})`,

  /* Versions */
  versions: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} version`,
      other: `${formatCount(count)} versions`,
    }),
  version: (number: number) => `Version ${formatCount(number)}`,
  deleteVersion: (number: number, name: string) =>
    `Supprimer la version ${formatCount(number)} : ${name}`,
  atStep: (step: number) => `étape ${formatCount(step)}`,
  lossIs: (loss: string) => `perte ${loss}`,

  hasBeenDeleted: (bold: Inline, name: string): ComponentChildren => [
    bold(name),
    ' a été supprimé avec tout ce qu’il a écrit.',
  ],
  undo: 'Annuler',
  deletePermanently: 'Supprimer définitivement',
};
