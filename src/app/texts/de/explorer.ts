/** The filters, charts and list of tweets of step 1, in German. */
import type { ComponentChildren } from 'preact';
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const explorer: Catalogue['explorer'] = {
  counting: 'Zählt…',
  leaveOut: 'Weglassen',
  withHashtags: 'Tweets mit Hashtags',
  keepOnly: 'Nur behalten',
  minimumWordsHint: 'Links, Erwähnungen und Hashtags zählen nicht.',
  firstTweet: (day: string) => `Der erste Tweet ist vom ${day}.`,
  lastTweet: (day: string) => `Der letzte Tweet ist vom ${day}.`,
  excludeHint:
    'Trenne Wörter mit Kommas. Ein Sternchen steht für beliebige Buchstaben, wie in Arbeit*.',
  textCleanup: 'Text bereinigen',
  linksRemoved: 'Links werden immer entfernt, weil ein Bot sie nur erfinden könnte.',
  unknownLanguage: 'Unbekannt',

  read: 'gelesen',
  kept: 'behalten',
  size: (tokens: number, texts: number) =>
    byCount(texts, {
      one: `Etwa ${formatCount(tokens)} Tokens in ${formatCount(texts)} Text.`,
      other: `Etwa ${formatCount(tokens)} Tokens in ${formatCount(texts)} Texten.`,
    }),
  takes: (time: string) =>
    `Daraus zu lernen, wie unten gewählt, dauert auf diesem Computer ${time}.`,
  usedWords: 'Häufigste Wörter',
  usedHashtags: 'Häufigste Hashtags',
  byMonth: 'Tweets nach Monat',
  months: (first: string, last: string, busiest: string, peak: number) =>
    byCount(peak, {
      one: `Tweets nach Monat. Von ${first} bis ${last}; die meisten im ${busiest}: ${formatCount(peak)} Tweet`,
      other: `Tweets nach Monat. Von ${first} bis ${last}; die meisten im ${busiest}: ${formatCount(peak)} Tweets`,
    }),
  busiest: (month: string, peak: number) => `die meisten im ${month}: ${formatCount(peak)}`,
  lengths: 'Länge der behaltenen Texte, in Tokens',
  lengthsLabel: (peak: number, range: string) =>
    byCount(peak, {
      one: `Länge der behaltenen Texte, in Tokens. Am häufigsten: ${range}, bei ${formatCount(peak)} Text`,
      other: `Länge der behaltenen Texte, in Tokens. Am häufigsten: ${range}, bei ${formatCount(peak)} Texten`,
    }),
  commonLength: (range: string) => `am häufigsten: ${range}`,
  lengthRange: (first: number, last: number) => `${formatCount(first)} bis ${formatCount(last)}`,
  andMore: (count: number) => `${formatCount(count)} und mehr`,
  keptWith: (hidden: Inline, kept: number): ComponentChildren => [
    formatCount(kept),
    hidden(' Tweets behalten'),
  ],
  ofRead: (hidden: Inline, read: number): ComponentChildren => [
    ` von ${formatCount(read)}`,
    hidden(' gelesenen'),
  ],

  noneOfKind: 'Keine Tweets dieser Art.',
  noneWith: (words: string) => `In keinem Tweet hier steht „${words}“.`,
  found: (count: number) =>
    byCount(count, { one: `${formatCount(count)} Tweet`, other: `${formatCount(count)} Tweets` }),
  foundWith: (count: number, words: string) =>
    byCount(count, {
      one: `${formatCount(count)} Tweet mit „${words}“`,
      other: `${formatCount(count)} Tweets mit „${words}“`,
    }),
  which: 'Welche Tweets',
  all: 'Alle',
  keptOnes: 'Behalten',
  leftOutOnes: 'Weggelassen',
  nothingButLinks: 'Nichts als Links',
  keptByHand: 'Von Hand behalten',
  decide: { undo: 'Filter entscheiden lassen', keep: 'Behalten', drop: 'Weglassen' },
  decideOn: {
    undo: (tweet: string) => `Filter entscheiden lassen: ${tweet}`,
    keep: (tweet: string) => `Behalten: ${tweet}`,
    drop: (tweet: string) => `Weglassen: ${tweet}`,
  },
};
