/** The filters, charts and list of tweets of step 1, in French. */
import type { ComponentChildren } from 'preact';
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const explorer: Catalogue['explorer'] = {
  counting: 'Comptage…',
  leaveOut: 'Écarter',
  withHashtags: 'Tweets avec hashtags',
  keepOnly: 'Ne garder que',
  minimumWordsHint: 'Les liens, les mentions et les hashtags ne comptent pas.',
  firstTweet: (day: string) => `Le premier tweet date du ${day}.`,
  lastTweet: (day: string) => `Le dernier tweet date du ${day}.`,
  excludeHint:
    'Séparez les mots par des virgules. Un astérisque remplace n’importe quelles lettres, comme dans travail*.',
  textCleanup: 'Nettoyage du texte',
  linksRemoved: 'Les liens sont toujours enlevés, car un bot ne pourrait que les inventer.',
  unknownLanguage: 'Inconnue',

  read: 'lus',
  kept: 'gardés',
  size: (tokens: number, texts: number) =>
    byCount(texts, {
      one: `Environ ${formatCount(tokens)} tokens dans ${formatCount(texts)} texte.`,
      other: `Environ ${formatCount(tokens)} tokens dans ${formatCount(texts)} textes.`,
    }),
  takes: (time: string) =>
    `Pour apprendre avec eux comme choisi ci-dessous, il faut ${time} sur cet ordinateur.`,
  usedWords: 'Mots les plus employés',
  usedHashtags: 'Hashtags les plus employés',
  byMonth: 'Tweets par mois',
  months: (first: string, last: string, busiest: string, peak: number) =>
    byCount(peak, {
      one: `Tweets par mois. De ${first} à ${last} ; maximum en ${busiest} : ${formatCount(peak)} tweet`,
      other: `Tweets par mois. De ${first} à ${last} ; maximum en ${busiest} : ${formatCount(peak)} tweets`,
    }),
  busiest: (month: string, peak: number) => `maximum en ${month} : ${formatCount(peak)}`,
  lengths: 'Longueur de ce qui est gardé, en tokens',
  lengthsLabel: (peak: number, range: string) =>
    byCount(peak, {
      one: `Longueur de ce qui est gardé, en tokens. Le plus courant : ${range}, pour ${formatCount(peak)} texte`,
      other: `Longueur de ce qui est gardé, en tokens. Le plus courant : ${range}, pour ${formatCount(peak)} textes`,
    }),
  commonLength: (range: string) => `le plus courant : ${range}`,
  lengthRange: (first: number, last: number) => `de ${formatCount(first)} à ${formatCount(last)}`,
  andMore: (count: number) => `${formatCount(count)} et plus`,
  keptWith: (hidden: Inline, kept: number): ComponentChildren => [
    formatCount(kept),
    hidden(byCount(kept, { one: ' tweet gardé', other: ' tweets gardés' })),
  ],
  ofRead: (hidden: Inline, read: number): ComponentChildren => [
    ` sur ${formatCount(read)}`,
    hidden(byCount(read, { one: ' lu', other: ' lus' })),
  ],

  noneOfKind: 'Aucun tweet de cette sorte.',
  noneWith: (words: string) => `Aucun tweet ne dit « ${words} » ici.`,
  found: (count: number) =>
    byCount(count, { one: `${formatCount(count)} tweet`, other: `${formatCount(count)} tweets` }),
  foundWith: (count: number, words: string) =>
    byCount(count, {
      one: `${formatCount(count)} tweet avec « ${words} »`,
      other: `${formatCount(count)} tweets avec « ${words} »`,
    }),
  which: 'Quels tweets',
  all: 'Tous',
  keptOnes: 'Gardés',
  leftOutOnes: 'Écartés',
  nothingButLinks: 'Rien que des liens',
  keptByHand: 'Gardé à la main',
  decide: { undo: 'Laisser les filtres décider', keep: 'Garder', drop: 'Écarter' },
  decideOn: {
    undo: (tweet: string) => `Laisser les filtres décider : ${tweet}`,
    keep: (tweet: string) => `Garder : ${tweet}`,
    drop: (tweet: string) => `Écarter : ${tweet}`,
  },
};
