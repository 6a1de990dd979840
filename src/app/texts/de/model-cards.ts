/** The cards of the models that a bot can start from, in German. */
import type { ComponentChildren } from 'preact';
import { formatEstimate } from '../../estimates.ts';
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const modelCards: Catalogue['modelCards'] = {
  startsFrom: (bold: Inline, name: string): ComponentChildren => ['Baut auf ', bold(name), ' auf'],
  recommended: 'Hier empfohlen',
  ownDescription: 'Vom Hub, nach Namen oder Sprache, oder ein eigener Modellordner.',
  otherBots:
    'Um einem deiner Bots mehr beizubringen, drücke in der Liste deiner Bots auf „Weiter trainieren“. Um mit einem exportierten weiterzumachen, drücke auf „Bot öffnen“.',

  time: (seconds: number) => formatEstimate(seconds),
  memory: (bytes: number) => `${formatBytes(bytes)} Arbeitsspeicher`,
  download: (bytes: number) => `${formatBytes(bytes)} herunterzuladen`,
  isHere: 'Offline bereit',
  isHereWith: (bytes: number) => `Offline bereit, ${formatBytes(bytes)}`,
  adapterOnly: 'Lernt nur mit dem kleinen Adapter, weil das ganze Modell hier zu viel wäre.',
  tooLarge:
    'Zu groß, um es auf diesem Computer zu trainieren: Der Arbeitsspeicher reicht dafür nicht.',
  tooLong:
    'Hier würde das sehr lange dauern. Auf einem Computer mit Grafikkarte geht es viel schneller.',
  roughly:
    'Die Zeit ist nach dem Tempo eines anderen Modells geschätzt. Mit diesem wird gemessen, sobald es hier ist.',

  soundsLike: 'Was so ein Bot schreibt',
  madeHere: 'Von einem Bot der Person, von der das Beispiel ist, auf dieser Seite trainiert',
  quotedFrom: (link: Inline, source: string): ComponentChildren => [
    'Veröffentlicht von ',
    link(source),
  ],
  sources: {
    huggingtweets: 'huggingtweets (der Anfang des Beispiels in seiner README)',
    woolf: 'Max Woolf (ein Bot, der aus den Tweets von @MagicRealismBot gelernt hat)',
  },
  canAndCannot: (strong: Inline): ComponentChildren => [
    'Es hat 3,5 Millionen Parameter und wurde mit gemeinfreien Büchern trainiert. Es zeigt die Idee in ein, zwei Minuten, aber es ist klein: ',
    strong('Es schnappt deine Wörter und Themen auf, nicht deine Gedanken.'),
    ' Für ganze Sätze mit Sinn nimm ein größeres Modell.',
  ],

  notEnglish: (language: string) =>
    `Die meisten deiner Tweets sind auf ${language}, und diese Modelle können Englisch. Allein aus deinen Tweets lernen sie Wörter, aber kaum, wie man auf ${language} Sätze baut.`,
  findOther: (language: string) => `Ein GPT-2 finden, das ${language} kann`,
};
