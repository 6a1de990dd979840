/** Short news of what has just been done, which screen readers say. */
import { byCount, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { passos, treinamentos, tweets } from './counted.ts';

export const news: Catalogue['news'] = {
  filtersDecide: 'Os filtros voltam a decidir.',
  kept: 'Mantido.',
  leftOut: 'Deixado de fora.',
  keptOf: (kept, read) =>
    byCount(kept, {
      one: `${formatCount(kept)} de ${tweets(read)} mantido.`,
      other: `${formatCount(kept)} de ${tweets(read)} mantidos.`,
    }),
  keptApart: 'Os tweets ficam separados.',
  imported: (kept, read) =>
    byCount(kept, {
      one: `${tweets(kept)} mantido de ${formatCount(read)} lidos.`,
      other: `${tweets(kept)} mantidos de ${formatCount(read)} lidos.`,
    }),
  canJoin: (account) => `Você pode juntá-los aos de @${account} que já estavam aqui.`,
  tweetsForgotten: 'Tweets esquecidos.',

  modelIsHere: (name) => `${name} já está aqui.`,
  modelDeleted: (name) => `${name} foi excluído.`,

  saving: (name) => `Salvando ${name}.`,
  saved: (name) => `${name} foi salvo.`,
  botOpened: (name) => `${name} foi aberto e já pode escrever.`,
  canWrite: (name) => `${name} já pode escrever.`,
  botOfStep: (run, step) => `${run}, passo ${formatCount(step)}`,
  madeOf: (run, step) => `Criado de “${run}” como era depois do passo ${formatCount(step)}.`,
  renamed: (name) => `Agora se chama ${name}.`,
  isCopy: (copy, original) => `${copy} é uma cópia de ${original}.`,
  versionDeleted: (number) => `Versão ${formatCount(number)} excluída.`,
  deleted: (name) => `${name} foi excluído.`,
  canUndo: 'Você pode desfazer isso.',
  isBack: (name) => `${name} está de volta.`,
  runsExported: (count) =>
    byCount(count, {
      one: `${treinamentos(count)} exportado.`,
      other: `${treinamentos(count)} exportados.`,
    }),
  recordDeleted: (name) => `O registro de ${name} foi excluído.`,

  trainingStarts: 'O treinamento começa.',
  trainingPaused: 'O treinamento está em pausa.',
  trainingStopped: 'O treinamento foi interrompido antes de começar.',
  trainingDone: (steps) => `O treinamento terminou depois de ${passos(steps)}.`,
  lossIs: (loss) => `A perda é ${loss}.`,
  trained: (share, step, steps) =>
    `${formatPercent(share)} treinado: passo ${formatCount(step)} de ${formatCount(steps)}.`,

  written: (count) =>
    byCount(count, {
      one: `${tweets(count)} escrito.`,
      other: `${tweets(count)} escritos.`,
    }),
  writingStopped: (count) =>
    byCount(count, {
      one: `Parado. ${tweets(count)} escrito.`,
      other: `Parado. ${tweets(count)} escritos.`,
    }),
};
