/** The filters, charts and list of tweets of step 1. */
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { textos, tokens, tweets } from './counted.ts';

export const explorer: Catalogue['explorer'] = {
  counting: 'Contando…',
  leaveOut: 'Deixar de fora',
  withHashtags: 'Tweets com hashtags',
  keepOnly: 'Manter só',
  minimumWordsHint: 'Links, menções e hashtags não contam.',
  firstTweet: (day) => `O primeiro tweet é de ${day}.`,
  lastTweet: (day) => `O último tweet é de ${day}.`,
  excludeHint:
    'Separe as palavras com vírgulas. Um asterisco vale por quaisquer letras, como em trabalh*.',
  textCleanup: 'Limpeza do texto',
  linksRemoved: 'Links são sempre removidos, porque um bot só poderia inventá-los.',
  unknownLanguage: 'Desconhecido',

  read: 'lidos',
  kept: 'mantidos',
  size: (tokenCount, texts) => `Cerca de ${tokens(tokenCount)} em ${textos(texts)}.`,
  takes: (time) => `Aprender com eles do jeito escolhido abaixo leva ${time} neste computador.`,
  usedWords: 'Palavras mais usadas',
  usedHashtags: 'Hashtags mais usadas',
  byMonth: 'Tweets por mês',
  months: (first, last, busiest, peak) =>
    `Tweets por mês. De ${first} a ${last}; o máximo, em ${busiest}: ${tweets(peak)}`,
  busiest: (month, peak) => `o máximo, em ${month}: ${formatCount(peak)}`,
  lengths: 'Tamanho do que é mantido, em tokens',
  lengthsLabel: (peak, range) =>
    `Tamanho do que é mantido, em tokens. O mais comum: ${range}, em ${textos(peak)}`,
  commonLength: (range) => `o mais comum: ${range}`,
  lengthRange: (first, last) => `de ${formatCount(first)} a ${formatCount(last)}`,
  andMore: (count) => `${formatCount(count)} ou mais`,
  keptWith: (hidden, kept) => [formatCount(kept), hidden(' tweets mantidos')],
  ofRead: (hidden, read) => [` de ${formatCount(read)}`, hidden(' lidos')],

  noneOfKind: 'Não há tweets deste tipo.',
  noneWith: (words) => `Nenhum tweet aqui diz “${words}”.`,
  found: tweets,
  foundWith: (count, words) => `${tweets(count)} com “${words}”`,
  which: 'Quais tweets',
  all: 'Todos',
  keptOnes: 'Mantidos',
  leftOutOnes: 'De fora',
  nothingButLinks: 'Nada além de links',
  keptByHand: 'Mantido por você',
  decide: { undo: 'Deixar os filtros decidirem', keep: 'Manter', drop: 'Deixar de fora' },
  decideOn: {
    undo: (tweet) => `Deixar os filtros decidirem: ${tweet}`,
    keep: (tweet) => `Manter: ${tweet}`,
    drop: (tweet) => `Deixar de fora: ${tweet}`,
  },
};
