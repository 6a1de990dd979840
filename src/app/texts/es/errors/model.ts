/** What the page says of a model or a bot that somebody brings and that can't be used. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatBytes, formatList } from '../../../format.ts';
import {
  type ErrorTable,
  type PhrasesBy,
  phraseBy,
  type WordsBy,
  wordsBy,
} from '../../error-words.ts';
import { faultWords } from './faults.ts';
import { tokens } from '../counted.ts';

type Corrupt = ErrorDetails['model-corrupt'];

const CORRUPT: PhrasesBy<'reason', Corrupt> = {
  unreadable: ({ file }) => `Tu navegador no ha podido leer «${file}».`,
  'too-large': ({ file }) => `«${file}» es mucho más grande de lo que puede ser un archivo así.`,
  'cut-off': ({ file }) => `«${file}» termina antes de tiempo.`,
  'not-text': ({ file }) => `«${file}» no es texto en UTF-8.`,
  'not-json': ({ file }) => `«${file}» no es JSON.`,
  'not-a-zip': ({ file }) => `«${file}» no es un archivo ZIP completo.`,
  'missing-tensor': ({ file, part }) => `A «${file}» le falta el tensor${named(part)}.`,
  'repeated-tensor': ({ file, part }) => `«${file}» tiene dos veces el tensor${named(part)}.`,
  'not-finite': ({ file, part }) =>
    `En «${file}», el tensor${named(part)} tiene valores que no son números.`,
  malformed: ({ file, fault }) => `«${file}» está dañado (${faultWords(fault)}).`,
};
const corrupt = phraseBy('reason', CORRUPT);

function named(part: string | undefined): string {
  return part === undefined ? '' : ` ${part}`;
}

function nextStepAfter({ reason, repository }: Corrupt): string {
  if (repository !== undefined) {
    return 'El archivo está así en el Hub, por lo que descargarlo otra vez no ayudará. Elige otro modelo.';
  }
  return reason === 'unreadable'
    ? 'Comprueba que el archivo sigue ahí y no ha cambiado, y vuelve a añadirlo.'
    : 'Consigue de nuevo ese archivo de donde vino y vuelve a añadirlos todos.';
}

const CHOOSE_GPT2 =
  'Elige un GPT-2: una carpeta con config.json, su tokenizador y model.safetensors o pytorch_model.bin.';

const UNSUPPORTED: WordsBy<'what', ErrorDetails['unsupported']> = {
  setting: ({ name, found, expected, file }) => [
    `Mynah no puede usar este modelo: en «${file}», ${name} es ${found}, y no ${expected}.`,
    CHOOSE_GPT2,
  ],
  'missing-token': ({ expected, file }) => [
    `Mynah no puede usar este modelo: «${file}» no tiene el token ${expected}.`,
    CHOOSE_GPT2,
  ],
  tensor: ({ found, file }) => [
    `Mynah no puede usar este modelo: «${file}» tiene el tensor ${found}, que un GPT-2 no tiene.`,
    CHOOSE_GPT2,
  ],
  gguf: ({ name, found, file }) => [
    `Este bot no puede ser un GGUF: en su «${file}», ${name} es ${found}, y el GPT-2 de llama.cpp no conoce eso.`,
    'Expórtalo para transformers.',
  ],
  'onnx-size': ({ byteLength }) => [
    `Este bot no puede ser un archivo ONNX: sus pesos ocupan ${formatBytes(byteLength)}, más que los 2 GB que caben en un archivo así.`,
    'Expórtalo para transformers o como GGUF.',
  ],
  'lfs-pointer': ({ file }) => [
    `«${file}» no es el archivo en sí, sino un puntero de Git LFS a él.`,
    'Ejecuta «git lfs pull» en su carpeta, o descarga el propio archivo, y vuelve a añadir el modelo.',
  ],
  'big-endian': ({ file }) => [
    `«${file}» se guardó en un equipo con otro orden de bytes.`,
    'Usa en su lugar el model.safetensors del modelo.',
  ],
  'pickle-code': ({ found, file }) => [
    `«${file}» pide ${found}, que unos pesos por sí solos no necesitan. No se ha ejecutado nada de él.`,
    'Usa el model.safetensors del modelo, o un modelo de alguien de confianza.',
  ],
  'encrypted-zip': ({ file }) => [
    `«${file}» está protegido con contraseña.`,
    'Descomprímelo con su contraseña y añade la carpeta.',
  ],
  'zip-compression': ({ file }) => [
    `«${file}» está comprimido de un modo que Mynah no puede leer.`,
    'Descomprímelo tú y añade la carpeta.',
  ],
  'bot-format': ({ found, expected, file }) => [
    `«${file}» se creó con otra versión de Mynah: es ${found}, y esta lee ${expected}.`,
    'Recarga la página para obtener su versión más reciente, o vuelve a exportar el bot con esta.',
  ],
};

const CHOOSE_RUN_FILE = 'Elige un archivo JSON exportado en «Historial», aquí o en otro navegador.';

const RUN_FILE: WordsBy<'reason', ErrorDetails['run-file-unreadable']> = {
  unreadable: ({ file }) => [
    `Tu navegador no ha podido leer «${file}».`,
    'Comprueba que el archivo sigue ahí y no ha cambiado, y vuelve a importarlo.',
  ],
  'too-large': ({ file }) => [
    `«${file}» es mucho más grande que un archivo de entrenamientos.`,
    CHOOSE_RUN_FILE,
  ],
  'not-json': ({ file }) => [`«${file}» no es JSON.`, CHOOSE_RUN_FILE],
  'no-runs': ({ file }) => [`«${file}» no contiene entrenamientos de Mynah.`, CHOOSE_RUN_FILE],
  'other-version': ({ file }) => [
    `«${file}» se exportó con otra versión de Mynah, cuyos entrenamientos esta no puede leer.`,
    'Recarga la página para obtener su versión más reciente, o vuelve a exportar los entrenamientos con esta.',
  ],
  damaged: ({ file, fault }) => [
    `«${file}» está dañado (${faultWords(fault)}). No se ha importado ninguno de sus entrenamientos.`,
    'Vuelve a exportar los entrenamientos en el sitio de donde vinieron.',
  ],
};

export const modelErrors: ErrorTable<
  | 'model-corrupt'
  | 'unsupported'
  | 'run-file-unreadable'
  | 'model-file-missing'
  | 'adapter-base-needed'
  | 'model-needed'
  | 'tokenizer-mismatch'
> = {
  'model-corrupt': (details) => ({
    sentence: corrupt(details),
    nextStep: nextStepAfter(details),
  }),
  unsupported: wordsBy('what', UNSUPPORTED),
  'run-file-unreadable': wordsBy('reason', RUN_FILE),
  'model-file-missing': ({ file, alternatives }) => ({
    sentence:
      alternatives.length === 0
        ? `Al modelo le falta «${file}».`
        : `El modelo no tiene ni «${[file, ...alternatives].join('» ni «')}».`,
    nextStep: 'Añade la carpeta completa del modelo: config.json, su tokenizador y sus pesos.',
  }),
  'adapter-base-needed': ({ base }) => ({
    sentence:
      base === null
        ? 'Esto es un adaptador, que funciona sobre un modelo, y no dice sobre cuál.'
        : `Esto es un adaptador, que funciona sobre el modelo «${base}», y ese no está guardado aquí.`,
    nextStep:
      'Elige el modelo abajo si está con otro nombre. Si no, añádelo o descárgalo en el paso 2 y vuelve a abrir el adaptador.',
  }),
  'model-needed': ({ bots, deletedBots = [] }) => ({
    sentence: `Este modelo todavía lo necesitan: ${formatList([
      ...bots.map((name) => `«${name}»`),
      ...deletedBots.map(
        (name) => `«${name}» (eliminado; desaparecerá para siempre al recargar la página)`,
      ),
    ])}.`,
    nextStep: 'Elimina primero esos bots, o conserva el modelo.',
  }),
  'tokenizer-mismatch': ({ tokenizerSize, modelSize }) => ({
    sentence: `El tokenizador no corresponde al modelo: tiene ${tokens(tokenizerSize)}, y el modelo tiene ${tokens(modelSize)}.`,
    nextStep: 'Usa una carpeta de modelo con su propio tokenizador.',
  }),
};
