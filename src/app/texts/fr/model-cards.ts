/** The cards of the models that a bot can start from, in French. */
import type { ComponentChildren } from 'preact';
import { formatEstimate } from '../../estimates.ts';
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const modelCards: Catalogue['modelCards'] = {
  startsFrom: (bold: Inline, name: string): ComponentChildren => ['Part du modèle ', bold(name)],
  recommended: 'Recommandé ici',
  ownDescription: 'Depuis le Hub, par son nom ou sa langue, ou un dossier de modèle à vous.',
  otherBots:
    'Pour apprendre davantage à l’un de vos bots, utilisez « Entraîner encore » dans la liste de vos bots. Pour continuer avec un bot exporté, utilisez « Ouvrir un bot ».',

  time: (seconds: number) => formatEstimate(seconds),
  memory: (bytes: number) => `${formatBytes(bytes)} de mémoire`,
  download: (bytes: number) => `${formatBytes(bytes)} à télécharger`,
  isHere: 'Prêt hors ligne',
  isHereWith: (bytes: number) => `Prêt hors ligne, ${formatBytes(bytes)}`,
  adapterOnly:
    'Apprend seulement avec le petit adaptateur, car le modèle entier serait trop lourd ici.',
  tooLarge: 'Trop gros pour être entraîné sur cet ordinateur : la mémoire n’y suffit pas.',
  tooLong:
    'Ici, cela prendrait très longtemps. Un ordinateur avec une carte graphique est bien plus rapide.',
  roughly:
    'La durée est estimée d’après la vitesse mesurée avec un autre modèle. Elle sera mesurée avec celui-ci dès qu’il sera là.',

  soundsLike: 'Ce qu’écrit un tel bot',
  madeHere: 'Par un bot de l’auteur de l’exemple, entraîné sur cette page',
  quotedFrom: (link: Inline, source: string): ComponentChildren => ['Publié par ', link(source)],
  sources: {
    huggingtweets: 'huggingtweets (le début de l’exemple de son README)',
    woolf: 'Max Woolf (un bot qui a appris les tweets de @MagicRealismBot)',
  },
  canAndCannot: (strong: Inline): ComponentChildren => [
    'Il a 3,5 millions de paramètres et a été entraîné sur des livres du domaine public. Il montre l’idée en une minute ou deux, mais il est petit : ',
    strong('il reprend vos mots et vos sujets, pas vos pensées.'),
    ' Pour des phrases entières qui ont un sens, prenez un modèle plus grand.',
  ],

  notEnglish: (language: string) =>
    `La plupart de vos tweets sont en ${language}, et ces modèles connaissent l’anglais. De vos seuls tweets, ils apprennent des mots, mais guère comment se construisent les phrases en ${language}.`,
  findOther: (language: string) => `Trouver un GPT-2 en ${language}`,
};
