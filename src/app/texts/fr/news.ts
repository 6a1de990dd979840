/** Short news of what has just been done, which screen readers say, in French. */
import { byCount, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const news: Catalogue['news'] = {
  filtersDecide: 'Les filtres décident à nouveau.',
  kept: 'Gardé.',
  leftOut: 'Écarté.',
  keptOf: (kept: number, read: number) =>
    byCount(read, {
      one: `${formatCount(kept)} gardé sur ${formatCount(read)} tweet.`,
      other: `${formatCount(kept)} gardés sur ${formatCount(read)} tweets.`,
    }),
  keptApart: 'Les tweets restent séparés.',
  imported: (kept: number, read: number) =>
    byCount(kept, {
      one: `${formatCount(kept)} tweet gardé sur ${formatCount(read)} lus.`,
      other: `${formatCount(kept)} tweets gardés sur ${formatCount(read)} lus.`,
    }),
  canJoin: (account: string) =>
    `Vous pouvez les réunir avec ceux de @${account} qui étaient déjà là.`,
  tweetsForgotten: 'Tweets oubliés.',

  modelIsHere: (name: string) => `${name} est là.`,
  modelDeleted: (name: string) => `${name} supprimé.`,

  saving: (name: string) => `Enregistrement : ${name}.`,
  saved: (name: string) => `${name} est enregistré.`,
  botOpened: (name: string) => `${name} est ouvert et peut écrire.`,
  canWrite: (name: string) => `${name} peut écrire.`,
  botOfStep: (run: string, step: number) => `${run}, étape ${formatCount(step)}`,
  madeOf: (run: string, step: number) =>
    `Fait à partir de « ${run} », tel qu’après l’étape ${formatCount(step)}.`,
  renamed: (name: string) => `Nouveau nom : ${name}.`,
  isCopy: (copy: string, original: string) => `${copy} est une copie de « ${original} ».`,
  versionDeleted: (number: number) => `Version ${formatCount(number)} supprimée.`,
  deleted: (name: string) => `${name} supprimé.`,
  canUndo: 'Vous pouvez l’annuler.',
  isBack: (name: string) => `${name} est de retour.`,
  runsExported: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} session exportée.`,
      other: `${formatCount(count)} sessions exportées.`,
    }),
  recordDeleted: (name: string) => `L’enregistrement de « ${name} » a été supprimé.`,

  trainingStarts: 'L’entraînement commence.',
  trainingPaused: 'L’entraînement est en pause.',
  trainingStopped: 'L’entraînement a été arrêté avant de commencer.',
  trainingDone: (steps: number) =>
    byCount(steps, {
      one: `L’entraînement est terminé après ${formatCount(steps)} étape.`,
      other: `L’entraînement est terminé après ${formatCount(steps)} étapes.`,
    }),
  lossIs: (loss: string) => `La perte est de ${loss}.`,
  trained: (share: number, step: number, steps: number) =>
    `Entraîné à ${formatPercent(share)} : étape ${formatCount(step)} sur ${formatCount(steps)}.`,

  written: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet écrit.`,
      other: `${formatCount(count)} tweets écrits.`,
    }),
  writingStopped: (count: number) =>
    byCount(count, {
      one: `Arrêté. ${formatCount(count)} tweet écrit.`,
      other: `Arrêté. ${formatCount(count)} tweets écrits.`,
    }),
};
