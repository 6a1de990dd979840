/** Short news of what has just been done, which screen readers say, in German. */
import { byCount, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const news: Catalogue['news'] = {
  filtersDecide: 'Die Filter entscheiden wieder.',
  kept: 'Behalten.',
  leftOut: 'Weggelassen.',
  keptOf: (kept: number, read: number) =>
    byCount(read, {
      one: `${formatCount(kept)} von ${formatCount(read)} Tweet behalten.`,
      other: `${formatCount(kept)} von ${formatCount(read)} Tweets behalten.`,
    }),
  keptApart: 'Die Tweets bleiben getrennt.',
  imported: (kept: number, read: number) =>
    byCount(kept, {
      one: `${formatCount(kept)} Tweet von ${formatCount(read)} gelesenen behalten.`,
      other: `${formatCount(kept)} Tweets von ${formatCount(read)} gelesenen behalten.`,
    }),
  canJoin: (account: string) => `Du kannst sie mit denen von @${account} von früher verbinden.`,
  tweetsForgotten: 'Tweets vergessen.',

  modelIsHere: (name: string) => `${name} ist hier.`,
  modelDeleted: (name: string) => `${name} gelöscht.`,

  saving: (name: string) => `${name} wird gespeichert.`,
  saved: (name: string) => `${name} ist gespeichert.`,
  botOpened: (name: string) => `${name} ist geöffnet und kann schreiben.`,
  canWrite: (name: string) => `${name} kann schreiben.`,
  botOfStep: (run: string, step: number) => `${run}, Schritt ${formatCount(step)}`,
  madeOf: (run: string, step: number) =>
    `Gemacht aus „${run}“, Stand nach Schritt ${formatCount(step)}.`,
  renamed: (name: string) => `In ${name} umbenannt.`,
  isCopy: (copy: string, original: string) => `${copy} ist eine Kopie von ${original}.`,
  versionDeleted: (number: number) => `Version ${formatCount(number)} gelöscht.`,
  deleted: (name: string) => `${name} gelöscht.`,
  canUndo: 'Du kannst das rückgängig machen.',
  isBack: (name: string) => `${name} ist wieder da.`,
  runsExported: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Lauf exportiert.`,
      other: `${formatCount(count)} Läufe exportiert.`,
    }),
  recordDeleted: (name: string) => `Die Aufzeichnung von ${name} ist gelöscht.`,

  trainingStarts: 'Das Training beginnt.',
  trainingPaused: 'Das Training ist pausiert.',
  trainingStopped: 'Das Training wurde gestoppt, bevor es begann.',
  trainingDone: (steps: number) =>
    byCount(steps, {
      one: `Das Training ist nach ${formatCount(steps)} Schritt fertig.`,
      other: `Das Training ist nach ${formatCount(steps)} Schritten fertig.`,
    }),
  lossIs: (loss: string) => `Der Loss ist ${loss}.`,
  trained: (share: number, step: number, steps: number) =>
    `${formatPercent(share)} trainiert: Schritt ${formatCount(step)} von ${formatCount(steps)}.`,

  written: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Tweet geschrieben.`,
      other: `${formatCount(count)} Tweets geschrieben.`,
    }),
  writingStopped: (count: number) =>
    byCount(count, {
      one: `Gestoppt. ${formatCount(count)} Tweet geschrieben.`,
      other: `Gestoppt. ${formatCount(count)} Tweets geschrieben.`,
    }),
};
