/** The filters, charts and list of tweets of step 1. */
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { textos, tokens, tuits } from './counted.ts';

export const explorer: Catalogue['explorer'] = {
  counting: 'Contando…',
  leaveOut: 'Excluir',
  withHashtags: 'Tuits con hashtags',
  keepOnly: 'Conservar solo',
  minimumWordsHint: 'Los enlaces, las menciones y los hashtags no cuentan.',
  firstTweet: (day) => `El primer tuit es del ${day}.`,
  lastTweet: (day) => `El último tuit es del ${day}.`,
  excludeHint:
    'Separa las palabras con comas. Un asterisco equivale a cualquier secuencia de letras, como en trabaj*.',
  textCleanup: 'Limpieza del texto',
  linksRemoved: 'Los enlaces siempre se quitan, porque un bot solo podría inventárselos.',
  unknownLanguage: 'Desconocido',

  read: 'leídos',
  kept: 'conservados',
  size: (tokenCount, texts) => `Unos ${tokens(tokenCount)} en ${textos(texts)}.`,
  takes: (time) => `Aprender de ellos con lo elegido más abajo lleva ${time} en este equipo.`,
  usedWords: 'Palabras más usadas',
  usedHashtags: 'Hashtags más usados',
  byMonth: 'Tuits por mes',
  months: (first, last, busiest, peak) =>
    `Tuits por mes. De ${first} a ${last}; el máximo, en ${busiest}: ${tuits(peak)}`,
  busiest: (month, peak) => `el máximo, en ${month}: ${formatCount(peak)}`,
  lengths: 'Longitud de lo conservado, en tokens',
  lengthsLabel: (peak, range) =>
    `Longitud de lo conservado, en tokens. Lo más común: ${range}, en ${textos(peak)}`,
  commonLength: (range) => `lo más común: ${range}`,
  lengthRange: (first, last) => `de ${formatCount(first)} a ${formatCount(last)}`,
  andMore: (count) => `${formatCount(count)} o más`,
  keptWith: (hidden, kept) => [formatCount(kept), hidden(' tuits conservados')],
  ofRead: (hidden, read) => [` de ${formatCount(read)}`, hidden(' leídos')],

  noneOfKind: 'No hay tuits de este tipo.',
  noneWith: (words) => `Aquí ningún tuit dice «${words}».`,
  found: tuits,
  foundWith: (count, words) => `${tuits(count)} con «${words}»`,
  which: 'Qué tuits',
  all: 'Todos',
  keptOnes: 'Conservados',
  leftOutOnes: 'Excluidos',
  nothingButLinks: 'Nada más que enlaces',
  keptByHand: 'Conservado a mano',
  decide: { undo: 'Que decidan los filtros', keep: 'Conservar', drop: 'Excluir' },
  decideOn: {
    undo: (tweet) => `Que decidan los filtros: ${tweet}`,
    keep: (tweet) => `Conservar: ${tweet}`,
    drop: (tweet) => `Excluir: ${tweet}`,
  },
};
