/** How sure the bot was of each word of a tweet, in German. */
import { formatCount, formatNumber, formatRough } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const certainty: Catalogue['certainty'] = {
  open: 'Wie sicher war er sich?',
  close: 'Schließen',
  region: 'Wie sicher sich der Bot war',
  words: 'Wörter des Tweets',
  asking: 'Der Bot liest seinen Tweet noch einmal…',
  summary: (chances: number) =>
    `Im Schnitt hat er wie unter ${formatRough(chances)} gleich wahrscheinlichen Tokens gewählt. Wähle ein Wort, um zu sehen, was er dort noch hätte schreiben können.`,
  summaryOfNothing: 'Wähle ein Wort, um zu sehen, was er dort noch hätte schreiben können.',
  tooLong:
    'Der Tweet ist länger, als dieses Modell überblicken kann. Deshalb fehlt hier sein Ende.',
  legend: 'Wie überraschend ein Wort ist',
  levels: [
    'wahrscheinlicher als 1 zu 2',
    'bis zu 1 zu 10',
    'bis zu 1 zu 100',
    'bis zu 1 zu 1.000',
    'noch seltener',
  ],
  endOfTweet: 'Ende des Tweets',
  startOfTweet: 'Anfang des Tweets',
  partOfCharacter: 'Teil eines Zeichens',
  space: 'Leerzeichen',
  lineBreak: 'Zeilenumbruch',
  yours: 'Das hast du ihm als Anfang gegeben.',
  firstChoice: (chance: string, bits: number) =>
    `${chance}: seine erste Wahl. ${formatRough(bits)} Bit Überraschung.`,
  laterChoice: (chance: string, rank: number, bits: number) =>
    `${chance}: seine Wahl Nummer ${formatCount(rank)}. ${formatRough(bits)} Bit Überraschung.`,
  manyTokens: (count: number, chance: string) =>
    `Der Bot schreibt das in ${formatCount(count)} Tokens. Zusammen: ${chance}.`,
  caption: 'Was er hier hätte schreiben können',
  token: 'Token',
  probability: 'Wahrscheinlichkeit',
  withSettings: 'Mit seinen Einstellungen',
  written: 'geschrieben',
  ruledOut: 'ausgeschlossen',
  never: (chance: string) => `weniger als ${chance}`,
  note: 'Die Wahrscheinlichkeit ist die des Modells selbst, bei Temperatur 1. Daneben steht die Wahrscheinlichkeit nach den Einstellungen, mit denen dieser Tweet geschrieben wurde. Beide werden aus dem Text berechnet, wie er jetzt ist, und vom Bot, wie er jetzt schreibt.',
  attention: 'Worauf er geachtet hat',
  layer: 'Schicht',
  head: 'Kopf',
  mean: 'Mittel aller',
  number: (number: number) => formatNumber(number),
  attentionNote:
    'So hat sich die Aufmerksamkeit, mit der der Bot dieses Token gewählt hat, auf das verteilt, was davor steht, gemittelt über die Schichten und Köpfe, die du wählst. Sie sagt, wohin der Bot gesehen hat, nicht, warum er so gewählt hat.',
  share: 'Anteil der Aufmerksamkeit',
};
