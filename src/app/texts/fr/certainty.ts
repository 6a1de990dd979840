/** How sure the bot was of each word of a tweet, in French. */
import { byCount, formatCount, formatNumber, formatRough } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

/** `1,5 bit de surprise`, `3,2 bits de surprise` */
function surprise(bits: number): string {
  return byCount(bits, {
    one: `${formatRough(bits)} bit de surprise`,
    other: `${formatRough(bits)} bits de surprise`,
  });
}

export const certainty: Catalogue['certainty'] = {
  open: 'En était-il sûr ?',
  close: 'Fermer',
  region: 'À quel point le bot était sûr de lui',
  words: 'Mots du tweet',
  asking: 'Le bot relit son tweet…',
  summary: (chances: number) =>
    `En moyenne, il a choisi comme parmi ${formatRough(chances)} tokens également probables. Choisissez un mot pour voir ce qu’il aurait pu écrire d’autre à cet endroit.`,
  summaryOfNothing: 'Choisissez un mot pour voir ce qu’il aurait pu écrire d’autre à cet endroit.',
  tooLong: 'Le tweet est plus long que ce que ce modèle peut regarder : sa fin manque donc ici.',
  legend: 'Degré de surprise d’un mot',
  levels: [
    'plus probable que 1 sur 2',
    'jusqu’à 1 sur 10',
    'jusqu’à 1 sur 100',
    'jusqu’à 1 sur 1 000',
    'encore plus rare',
  ],
  endOfTweet: 'fin du tweet',
  startOfTweet: 'début du tweet',
  partOfCharacter: 'partie d’un caractère',
  space: 'espace',
  lineBreak: 'saut de ligne',
  yours: 'C’est le début que vous lui avez donné.',
  firstChoice: (chance: string, bits: number) =>
    `${chance} : son premier choix. ${surprise(bits)}.`,
  laterChoice: (chance: string, rank: number, bits: number) =>
    `${chance} : son choix numéro ${formatCount(rank)}. ${surprise(bits)}.`,
  manyTokens: (count: number, chance: string) =>
    byCount(count, {
      one: `Le bot écrit cela en ${formatCount(count)} token. Au total : ${chance}.`,
      other: `Le bot écrit cela en ${formatCount(count)} tokens. Au total : ${chance}.`,
    }),
  caption: 'Ce qu’il aurait pu écrire ici',
  token: 'Token',
  probability: 'Probabilité',
  withSettings: 'Avec ses réglages',
  written: 'écrit',
  ruledOut: 'exclu',
  never: (chance: string) => `moins de ${chance}`,
  note: 'La probabilité est celle du modèle lui-même, à la température 1. À côté figure la probabilité après les réglages avec lesquels ce tweet a été écrit. Les deux sont calculées sur le texte tel qu’il est maintenant, par le bot tel qu’il écrit maintenant.',
  attention: 'À quoi il a prêté attention',
  layer: 'Couche',
  head: 'Tête',
  mean: 'Moyenne de toutes',
  number: (number: number) => formatNumber(number),
  attentionNote:
    'Comment l’attention avec laquelle le bot a choisi ce token s’est répartie sur ce qui le précède, en moyenne sur les couches et les têtes choisies. Elle dit où le bot a regardé, pas pourquoi il a choisi ainsi.',
  share: 'Part de l’attention',
};
