/** Short news of what has just been done, which screen readers say. */
import { byCount, formatCount, formatPercent } from '../../format.ts';

export const news = {
  filtersDecide: 'The filters decide again.',
  kept: 'Kept.',
  leftOut: 'Left out.',
  keptOf: (kept: number, read: number) =>
    byCount(read, {
      one: `${formatCount(kept)} of ${formatCount(read)} tweet kept.`,
      other: `${formatCount(kept)} of ${formatCount(read)} tweets kept.`,
    }),
  keptApart: 'The tweets are kept apart.',
  imported: (kept: number, read: number) =>
    byCount(kept, {
      one: `${formatCount(kept)} tweet kept of ${formatCount(read)} read.`,
      other: `${formatCount(kept)} tweets kept of ${formatCount(read)} read.`,
    }),
  canJoin: (account: string) => `You can join them to the earlier tweets of @${account}.`,
  tweetsForgotten: 'The tweets have been deleted.',

  modelIsHere: (name: string) => `${name} is here.`,
  modelDeleted: (name: string) => `${name} deleted.`,

  saving: (name: string) => `Saving ${name}.`,
  saved: (name: string) => `${name} has been saved.`,
  botOpened: (name: string) => `${name} has been opened and can write.`,
  canWrite: (name: string) => `${name} can write.`,
  /** The name of a bot that is made of a checkpoint. */
  botOfStep: (run: string, step: number) => `${run}, step ${formatCount(step)}`,
  /** The notes of that bot. */
  madeOf: (run: string, step: number) =>
    `Made of “${run}” as it was after step ${formatCount(step)}.`,
  renamed: (name: string) => `Renamed to ${name}.`,
  isCopy: (copy: string, original: string) => `${copy} is a copy of ${original}.`,
  versionDeleted: (number: number) => `Version ${formatCount(number)} deleted.`,
  deleted: (name: string) => `${name} deleted.`,
  canUndo: 'You can undo it.',
  isBack: (name: string) => `${name} is back.`,
  runsExported: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} run exported.`,
      other: `${formatCount(count)} runs exported.`,
    }),
  recordDeleted: (name: string) => `The record of ${name} has been deleted.`,

  trainingStarts: 'Training starts.',
  trainingPaused: 'Training is paused.',
  trainingStopped: 'Training was stopped before it began.',
  trainingDone: (steps: number) =>
    byCount(steps, {
      one: `Training is done after ${formatCount(steps)} step.`,
      other: `Training is done after ${formatCount(steps)} steps.`,
    }),
  lossIs: (loss: string) => `The loss is ${loss}.`,
  trained: (share: number, step: number, steps: number) =>
    `${formatPercent(share)} trained: step ${formatCount(step)} of ${formatCount(steps)}.`,

  written: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet written.`,
      other: `${formatCount(count)} tweets written.`,
    }),
  writingStopped: (count: number) =>
    byCount(count, {
      one: `Stopped. ${formatCount(count)} tweet written.`,
      other: `Stopped. ${formatCount(count)} tweets written.`,
    }),
};
