/** The list of bots, and what can be done with them. */
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { pasos, tuits } from './counted.ts';

export const library: Catalogue['library'] = {
  newBot: 'Bot nuevo',
  empty: 'Aquí aparecerán los bots que entrenes. Se quedan en este navegador.',

  trainMore: 'Entrenar más',
  continue: 'Continuar',
  export: 'Exportar',
  exportOf: (name) => `Exportar ${name}`,
  rename: 'Cambiar nombre',
  renameOf: (name) => `Cambiar el nombre de ${name}`,
  duplicate: 'Duplicar',
  duplicateOf: (name) => `Duplicar ${name}`,
  delete: 'Eliminar',
  deleteOf: (name) => `Eliminar ${name}`,
  noTweets: 'Este bot no se puede entrenar más, porque se han eliminado sus tuits.',
  from: (dataset) => `de ${dataset}`,
  tweets: tuits,
  quiz: (right, pairs) => `Real o bot: ${formatCount(right)} de ${formatCount(pairs)} distinguidos`,
  inTraining: (step, steps) =>
    steps === null
      ? `Entrenando: paso ${formatCount(step)}`
      : `Entrenando: paso ${formatCount(step)} de ${formatCount(steps)}`,
  paused: (step, steps) => `En pausa en el paso ${formatCount(step)} de ${formatCount(steps)}`,
  interrupted: (step, steps) =>
    `Interrumpido en el paso ${formatCount(step)} de ${formatCount(steps)}`,
  steps: pasos,
  stepsWithLoss: (count, loss) => `${pasos(count)}, pérdida ${loss}`,

  /* Export */
  exportPromise: 'El archivo es un ZIP. No contiene tus tuits.',
  writingFile: 'Escribiendo el archivo',
  starting: 'empezando',
  cancel: 'Cancelar',
  close: 'Cerrar',
  forMynah: 'Para Mynah y Hugging Face',
  forMynahPrograms: '«Abrir un bot», transformers, el Hub',
  forGguf: 'GGUF',
  forPages: 'Para páginas web',
  files: {
    full: (bold, bytes) => [
      bold('Precisión completa'),
      ` ${formatBytes(bytes)} · exactamente como está aquí`,
    ],
    half: (bold, bytes) => [
      bold('La mitad de tamaño'),
      ` ${formatBytes(bytes)} · ligeramente redondeado`,
    ],
    adapter: (bold, italic, bytes) => [
      bold('Solo el adaptador'),
      ` ${formatBytes(bytes)} · para `,
      italic('PEFT'),
      ', que también necesita el modelo base',
    ],
    Q8_0: (bold, bytes) => [
      bold('GGUF, 8 bits'),
      ` ${formatBytes(bytes)} · el archivo más pequeño, más redondeado`,
    ],
    F16: (bold, bytes) => [
      bold('GGUF, 16 bits'),
      ` ${formatBytes(bytes)} · ligeramente redondeado`,
    ],
    F32: (bold, bytes) => [
      bold('GGUF, 32 bits'),
      ` ${formatBytes(bytes)} · exactamente como está aquí`,
    ],
    onnx: (bold, bytes) => [bold('ONNX'), ` ${formatBytes(bytes)} · exactamente como está aquí`],
  },
  zipArchive: 'Archivo ZIP',

  /* Open */
  readingBot: 'Leyendo el bot',
  opening: 'abriendo',
  openHint: 'Un ZIP exportado por Mynah, los archivos de un GPT-2 o un adaptador de PEFT',
  openWithModel: 'Abrir con este modelo',
  openedFromFile: 'abierto desde un archivo',
  modelGone: 'un modelo que ya no está',

  /* Name and picture */
  nameOfBot: 'Nombre del bot',
  pictureOfBot: 'Imagen del bot',
  save: 'Guardar',
  mynaBird: 'el miná',
  accountPicture: 'la foto de la cuenta',
  emoji: {
    '🦜': 'loro',
    '🐦': 'pájaro',
    '🦉': 'búho',
    '🐧': 'pingüino',
    '🦩': 'flamenco',
    '🐔': 'gallina',
    '🤖': 'robot',
    '👻': 'fantasma',
    '🎩': 'chistera',
    '🧠': 'cerebro',
    '🔥': 'fuego',
    '🌶️': 'chile',
    '🌈': 'arcoíris',
    '🌙': 'luna',
    '☕': 'café',
    '🎸': 'guitarra',
    '📚': 'libros',
  },

  /* Training further */
  trainMoreOf: (name) => `Entrenar más ${name}`,
  createsVersion: (version) =>
    `El entrenamiento continúa y crea la versión ${formatCount(version)}.`,
  createsVersionOnSame: (version) =>
    `El entrenamiento continúa con los mismos tuits y crea la versión ${formatCount(version)}.`,
  moreEpochs: (count) =>
    byCount(count, {
      one: `${formatCount(count)} época más`,
      other: `${formatCount(count)} épocas más`,
    }),
  withNewer: (count) => `Con los tuits nuevos (+${formatCount(count)})`,
  asKeptNow: (count) => `Con los tuits que se conservan ahora (${formatCount(count)})`,
  sameAsBefore: (count) => `Con los mismos tuits que antes (${formatCount(count)})`,

  /* Versions */
  versions: (count) =>
    byCount(count, {
      one: `${formatCount(count)} versión`,
      other: `${formatCount(count)} versiones`,
    }),
  version: (number) => `Versión ${formatCount(number)}`,
  deleteVersion: (number, name) => `Eliminar la versión ${formatCount(number)} de ${name}`,
  atStep: (step) => `paso ${formatCount(step)}`,
  lossIs: (loss) => `pérdida ${loss}`,

  hasBeenDeleted: (bold, name) => ['Se ha eliminado ', bold(name), ' con todo lo que escribió.'],
  undo: 'Deshacer',
  deletePermanently: 'Eliminar para siempre',
};
