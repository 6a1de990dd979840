/** Short news of what has just been done, which screen readers say. */
import { byCount, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { entrenamientos, pasos, tuits } from './counted.ts';

export const news: Catalogue['news'] = {
  filtersDecide: 'Vuelven a decidir los filtros.',
  kept: 'Conservado.',
  leftOut: 'Excluido.',
  keptOf: (kept, read) =>
    byCount(kept, {
      one: `Se conserva ${formatCount(kept)} de ${tuits(read)}.`,
      other: `Se conservan ${formatCount(kept)} de ${tuits(read)}.`,
    }),
  keptApart: 'Los tuits se mantienen aparte.',
  imported: (kept, read) =>
    byCount(kept, {
      one: `Se conserva ${tuits(kept)} de ${formatCount(read)} leídos.`,
      other: `Se conservan ${tuits(kept)} de ${formatCount(read)} leídos.`,
    }),
  canJoin: (account) => `Puedes juntarlos con los de @${account} que ya tenías.`,
  tweetsForgotten: 'Tuits olvidados.',

  modelIsHere: (name) => `${name} ya está aquí.`,
  modelDeleted: (name) => `Se ha eliminado ${name}.`,

  saving: (name) => `Guardando ${name}.`,
  saved: (name) => `Se ha guardado ${name}.`,
  botOpened: (name) => `Se ha abierto ${name} y ya puede escribir.`,
  canWrite: (name) => `${name} ya puede escribir.`,
  botOfStep: (run, step) => `${run}, paso ${formatCount(step)}`,
  madeOf: (run, step) =>
    `Creado a partir de «${run}» tal como era tras el paso ${formatCount(step)}.`,
  renamed: (name) => `Ahora se llama ${name}.`,
  isCopy: (copy, original) => `${copy} es una copia de ${original}.`,
  versionDeleted: (number) => `Se ha eliminado la versión ${formatCount(number)}.`,
  deleted: (name) => `Se ha eliminado ${name}.`,
  canUndo: 'Puedes deshacerlo.',
  isBack: (name) => `${name} está de vuelta.`,
  runsExported: (count) =>
    byCount(count, {
      one: `Se ha exportado ${entrenamientos(count)}.`,
      other: `Se han exportado ${entrenamientos(count)}.`,
    }),
  recordDeleted: (name) => `Se ha eliminado el registro de ${name}.`,

  trainingStarts: 'Empieza el entrenamiento.',
  trainingPaused: 'El entrenamiento está en pausa.',
  trainingStopped: 'El entrenamiento se detuvo antes de empezar.',
  trainingDone: (steps) => `El entrenamiento ha terminado tras ${pasos(steps)}.`,
  lossIs: (loss) => `La pérdida es ${loss}.`,
  trained: (share, step, steps) =>
    `${formatPercent(share)} entrenado: paso ${formatCount(step)} de ${formatCount(steps)}.`,

  written: (count) =>
    byCount(count, {
      one: `Se ha escrito ${tuits(count)}.`,
      other: `Se han escrito ${tuits(count)}.`,
    }),
  writingStopped: (count) =>
    byCount(count, {
      one: `Detenido. Se ha escrito ${tuits(count)}.`,
      other: `Detenido. Se han escrito ${tuits(count)}.`,
    }),
};
