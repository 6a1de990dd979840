/** What the page says where memory or storage is short. */
import type { ErrorDetails, TrainingMethod } from '../../../../core/errors.ts';
import { formatBytes } from '../../../format.ts';
import type { ErrorWords } from '../../error-words.ts';
import { options } from '../options.ts';

export function needed(details: {
  readonly neededBytes?: number;
  readonly availableBytes?: number;
}) {
  const { neededBytes, availableBytes } = details;
  const parts: string[] = [];
  if (neededBytes !== undefined) parts.push(`necesarios: ${formatBytes(neededBytes)}`);
  if (availableBytes !== undefined) parts.push(`libres: ${formatBytes(availableBytes)}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** `todo este modelo`, `un adaptador junto a este modelo con «Usar menos memoria»`. */
function trainingPhrase({ mode, checkpointing }: TrainingMethod): string {
  const what = mode === 'full' ? 'todo este modelo' : 'un adaptador junto a este modelo';
  return checkpointing ? `${what} con «${options.fields.checkpointing.label}»` : what;
}

type Reason = NonNullable<ErrorDetails['out-of-memory']['reason']>;

/** The sentence for a training, with the memory that it takes where that is known. */
const SHORTAGES: { readonly [R in Reason]: (training: string, bytes: string | null) => string } = {
  'one-buffer': (training) =>
    `Entrenar ${training} requiere bloques de memoria mayores de lo que admite esta tarjeta gráfica.`,
  'too-large': (training, bytes) =>
    bytes === null
      ? `Entrenar ${training} requiere más memoria de la que hay aquí para ello.`
      : `Entrenar ${training} requiere ${bytes}, más de lo que hay aquí para ello.`,
  'no-room': (training, bytes) =>
    bytes === null
      ? `Entrenar ${training} requiere más memoria de la que la tarjeta gráfica dio al pedírsela.`
      : `Entrenar ${training} requiere ${bytes}, más de lo que la tarjeta gráfica dio al pedírselo.`,
};

function shortage(training: string, details: ErrorDetails['out-of-memory']): string {
  const { reason, neededBytes } = details;
  const bytes = neededBytes === undefined ? null : formatBytes(neededBytes);
  if (reason !== undefined) return SHORTAGES[reason](training, bytes);
  return bytes === null
    ? `Entrenar ${training} requiere más memoria de la que hay.`
    : `Entrenar ${training} requiere ${bytes}, más memoria de la que hay.`;
}

export function outOfMemory(details: ErrorDetails['out-of-memory']): ErrorWords {
  const { requested, instead, neededBytes } = details;
  if (requested === undefined) {
    return {
      sentence: `No hay memoria suficiente para esto${needed(details)}.`,
      nextStep:
        neededBytes === undefined
          ? 'Cierra otras pestañas y vuelve a intentarlo, con menos tuits a la vez. Al entrenar, ayuda una longitud de bloque menor en «Avanzado», o calcular con el procesador.'
          : 'Cierra otras pestañas, pon una longitud de bloque menor en «Avanzado» o calcula con el procesador, y vuelve a intentarlo.',
    };
  }
  return {
    sentence: shortage(trainingPhrase(requested), details),
    nextStep: instead
      ? `En «Avanzado», elige entrenar ${trainingPhrase(instead)}: eso requiere ${formatBytes(instead.neededBytes)}.`
      : 'Elige un modelo base más pequeño, cierra otras pestañas o calcula con otra cosa, y vuelve a intentarlo.',
  };
}
