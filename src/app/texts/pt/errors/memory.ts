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
  if (neededBytes !== undefined) parts.push(`necessários: ${formatBytes(neededBytes)}`);
  if (availableBytes !== undefined) parts.push(`livres: ${formatBytes(availableBytes)}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** `este modelo inteiro`, `um adaptador junto a este modelo com “Usar menos memória”`. */
function trainingPhrase({ mode, checkpointing }: TrainingMethod): string {
  const what = mode === 'full' ? 'este modelo inteiro' : 'um adaptador junto a este modelo';
  return checkpointing ? `${what} com “${options.fields.checkpointing.label}”` : what;
}

type Reason = NonNullable<ErrorDetails['out-of-memory']['reason']>;

/** The sentence for a training, with the memory that it takes where that is known. */
const SHORTAGES: { readonly [R in Reason]: (training: string, bytes: string | null) => string } = {
  'one-buffer': (training) =>
    `Treinar ${training} exige blocos de memória maiores do que esta placa de vídeo aceita.`,
  'too-large': (training, bytes) =>
    bytes === null
      ? `Treinar ${training} exige mais memória do que há aqui para isso.`
      : `Treinar ${training} exige ${bytes}, mais do que há aqui para isso.`,
  'no-room': (training, bytes) =>
    bytes === null
      ? `Treinar ${training} exige mais memória do que a placa de vídeo deu quando foi pedida.`
      : `Treinar ${training} exige ${bytes}, mais do que a placa de vídeo deu quando foi pedido.`,
};

function shortage(training: string, details: ErrorDetails['out-of-memory']): string {
  const { reason, neededBytes } = details;
  const bytes = neededBytes === undefined ? null : formatBytes(neededBytes);
  if (reason !== undefined) return SHORTAGES[reason](training, bytes);
  return bytes === null
    ? `Treinar ${training} exige mais memória do que há.`
    : `Treinar ${training} exige ${bytes}, mais memória do que há.`;
}

export function outOfMemory(details: ErrorDetails['out-of-memory']): ErrorWords {
  const { requested, instead, neededBytes } = details;
  if (requested === undefined) {
    return {
      sentence: `Não há memória suficiente para isto${needed(details)}.`,
      nextStep:
        neededBytes === undefined
          ? 'Feche outras abas e tente de novo, com menos tweets de uma vez. No treinamento, ajuda um tamanho de bloco menor em “Avançado”, ou calcular com o processador.'
          : 'Feche outras abas, defina um tamanho de bloco menor em “Avançado” ou calcule com o processador, e tente de novo.',
    };
  }
  return {
    sentence: shortage(trainingPhrase(requested), details),
    nextStep: instead
      ? `Em “Avançado”, escolha treinar ${trainingPhrase(instead)}: isso exige ${formatBytes(instead.neededBytes)}.`
      : 'Escolha um modelo base menor, feche outras abas ou calcule com outra coisa, e tente de novo.',
  };
}
