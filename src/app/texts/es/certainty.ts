/** How sure the bot was of each word of a tweet, what it could have written instead, and what it attended to. */
import { formatCount, formatNumber, formatRough } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { tokens } from './counted.ts';

export const certainty: Catalogue['certainty'] = {
  open: '¿Estaba seguro?',
  close: 'Cerrar',
  region: 'Lo seguro que estaba el bot',
  words: 'Palabras del tuit',
  asking: 'El bot está releyendo su tuit…',
  summary: (chances) =>
    `De media, eligió como si hubiera ${formatRough(chances)} tokens igual de probables. Elige una palabra para ver qué más podría haber escrito en su lugar.`,
  summaryOfNothing: 'Elige una palabra para ver qué más podría haber escrito en su lugar.',
  tooLong:
    'El tuit es más largo de lo que este modelo puede ver de una vez, así que aquí falta el final.',
  legend: 'Lo sorprendente que es una palabra',
  levels: [
    'más de 1 entre 2',
    'hasta 1 entre 10',
    'hasta 1 entre 100',
    'hasta 1 entre 1000',
    'aún más rara',
  ],
  endOfTweet: 'fin del tuit',
  startOfTweet: 'comienzo del tuit',
  partOfCharacter: 'parte de un carácter',
  space: 'espacio',
  lineBreak: 'salto de línea',
  yours: 'Esto se lo diste tú como comienzo.',
  firstChoice: (chance, bits) =>
    `${chance}: su primera opción. Sorpresa: ${formatRough(bits)} bits.`,
  laterChoice: (chance, rank, bits) =>
    `${chance}: su opción número ${formatCount(rank)}. Sorpresa: ${formatRough(bits)} bits.`,
  manyTokens: (count, chance) =>
    `El bot escribe esto con ${tokens(count)}. En conjunto: ${chance}.`,
  caption: 'Lo que podría haber escrito aquí',
  token: 'Token',
  probability: 'Probabilidad',
  withSettings: 'Con sus ajustes',
  written: 'escrito',
  ruledOut: 'descartado',
  never: (chance) => `menos de ${chance}`,
  note: 'La probabilidad es la del propio modelo, con temperatura 1. Al lado está la probabilidad tras aplicar los ajustes con los que se escribió este tuit. Ambas se calculan con el texto tal como está ahora y con el bot tal como escribe ahora.',
  attention: 'En qué se fijó',
  layer: 'Capa',
  head: 'Cabeza',
  mean: 'Media de todas',
  number: (number) => formatNumber(number),
  attentionNote:
    'Cómo se repartió, entre lo que hay antes, la atención con la que el bot eligió este token, como media de las capas y cabezas que elijas. Indica dónde miró el bot, no por qué eligió.',
  share: 'Parte de la atención',
};
