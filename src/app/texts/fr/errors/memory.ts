/** What the page says where memory or storage is short, in French. */
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
  if (neededBytes !== undefined) parts.push(`il faut ${formatBytes(neededBytes)}`);
  if (availableBytes !== undefined) parts.push(`${formatBytes(availableBytes)} de libre`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** `tout ce modèle`, `un adaptateur à côté de ce modèle avec « Économiser la mémoire »` */
function whatToTrain({ mode, checkpointing }: TrainingMethod): string {
  const what = mode === 'full' ? 'tout ce modèle' : 'un adaptateur à côté de ce modèle';
  return checkpointing ? `${what} avec « ${options.fields.checkpointing.label} »` : what;
}

/** What such a training takes, and why that is too much: `demande 2,5 Go, plus qu’il n’y en a ici pour cela` */
function takesTooMuch({ reason, neededBytes }: ErrorDetails['out-of-memory']): string {
  if (reason === 'one-buffer')
    return 'demande des morceaux plus grands que ce qu’accepte cette carte graphique';
  const takes = neededBytes === undefined ? 'demande' : `demande ${formatBytes(neededBytes)},`;
  if (reason === 'too-large') return `${takes} plus de mémoire qu’il n’y en a ici pour cela`;
  if (reason === 'no-room') return `${takes} plus de mémoire que la carte graphique n’en a donné`;
  return `${takes} plus de mémoire qu’il n’y en a`;
}

export function outOfMemory(details: ErrorDetails['out-of-memory']): ErrorWords {
  const { requested, instead, neededBytes } = details;
  if (requested === undefined) {
    return {
      sentence: `Il n’y a pas assez de mémoire pour cela${needed(details)}.`,
      nextStep:
        neededBytes === undefined
          ? 'Fermez d’autres onglets et réessayez, avec moins de tweets à la fois. Pour l’entraînement, des blocs plus courts sous « Réglages avancés » aident, ou calculer avec le processeur.'
          : 'Fermez d’autres onglets, fixez des blocs plus courts sous « Réglages avancés » ou calculez avec le processeur, puis réessayez.',
    };
  }
  return {
    sentence: `Entraîner ${whatToTrain(requested)} ${takesTooMuch(details)}.`,
    nextStep: instead
      ? `Sous « Réglages avancés », choisissez d’entraîner ${whatToTrain(instead)} : cela demande ${formatBytes(instead.neededBytes)}.`
      : 'Choisissez un modèle de base plus petit, fermez d’autres onglets ou calculez avec autre chose, puis réessayez.',
  };
}
