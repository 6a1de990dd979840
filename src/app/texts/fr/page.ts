/** The page around the three steps, in French. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount, formatProgress } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const page: Catalogue['page'] = {
  title: 'Mynah : apprenez à un oiseau à tweeter comme vous',
  titleInTraining: (share: number) => `entraîné à ${formatProgress(share)} · Mynah`,
  heroTitle: 'Apprenez à un oiseau à tweeter comme vous',
  hero: 'Donnez-lui votre archive Twitter. Il apprend votre style dans cette page, sur votre propre ordinateur, puis écrit de nouveaux tweets, même hors ligne.',
  trainedElsewhere: 'Un bot entraîné ailleurs ?',

  themes: { system: 'celui du système', light: 'clair', dark: 'sombre' },

  trainWaiting: 'Un petit GPT-2 apprend comment vous écrivez, sur cet ordinateur.',
  trained: (steps: number) =>
    byCount(steps, {
      one: `${formatCount(steps)} étape d’entraînement`,
      other: `${formatCount(steps)} étapes d’entraînement`,
    }),
  trainedWithLoss: (steps: number, first: string, last: string) =>
    byCount(steps, {
      one: `${formatCount(steps)} étape d’entraînement, perte ${first} → ${last}`,
      other: `${formatCount(steps)} étapes d’entraînement, perte ${first} → ${last}`,
    }),

  writeWaiting: 'Votre bot écrira de nouveaux tweets dans votre style, même hors ligne.',
  writeInTraining:
    'Disponible à la fin de l’entraînement. Mettez-le en pause pour écrire plus tôt.',

  readyOffline: 'Prêt hors ligne',
  notOffline: 'Ce navigateur n’enregistre pas la page : il lui faut donc le réseau pour se rouvrir',
  tweetsStay: 'Vos tweets restent sur cet ordinateur',
  storageUnknown: 'Ce navigateur ne dit pas combien il enregistre',
  stored: (used: number, quota: number) =>
    `${formatBytes(used)} enregistrés sur ${formatBytes(quota)}`,
  downloading: (model: string) => `Téléchargement : ${model}`,
  downloadingShare: (model: string, share: number) =>
    `Téléchargement : ${model}, ${formatProgress(share)}`,
  licences: 'Licences',
  languageMissing:
    'Cette langue n’a pas pu être chargée. Connectez-vous au réseau et choisissez-la à nouveau.',
  update: 'Une nouvelle version de Mynah est disponible.',
  updateOtherTab:
    'Une nouvelle version de Mynah est disponible. Vous pourrez recharger quand aucun autre onglet ne travaillera.',
  updateWhenDone:
    'Une nouvelle version de Mynah est disponible. Vous pourrez recharger quand ceci sera terminé.',
  reload: 'Recharger',
  reloadPage: 'Recharger la page',

  partMissing: 'Cette partie de la page n’a pas pu être chargée.',
  tryAgain: 'Réessayer',

  oneTabAssumed: (strong: Inline): ComponentChildren => [
    strong('Ce navigateur ne peut pas dire si Mynah est ouvert dans un autre onglet.'),
    ' Utilisez-le dans un seul onglet : deux onglets effaceraient le travail l’un de l’autre.',
  ],
  notKept:
    'Tout fonctionne ici quand même, mais n’est gardé que tant que cette page reste ouverte.',
  saveBeforeClosing: (strong: Inline, emphasis: Inline): ComponentChildren => [
    strong('Enregistrez votre bot dans un fichier avant de la fermer'),
    ' (avec ',
    emphasis('Exporter'),
    ', dans la liste de vos bots).',
  ],
  outdated: 'Une nouvelle version de Mynah a remplacé celle-ci.',
  outdatedReload:
    'Certaines parties de cette page ne peuvent plus être chargées. Ce qui est enregistré est en sécurité : rechargez la page pour continuer avec la nouvelle version.',
  outdatedTraining: 'L’entraînement de votre bot se met d’abord en pause, et pourra être repris.',
  cleared: 'Ce que ce site avait enregistré a été effacé pendant que votre bot s’entraînait.',
  clearedRest:
    'Les autres bots, tweets et modèles ont disparu. Le bot en entraînement et ses tweets étaient encore en mémoire : ils ont été enregistrés à nouveau, et l’entraînement continue.',
  elsewhere: 'Mynah est ouvert dans un autre onglet.',
  elsewhereNext: 'Continuez là-bas, ou fermez cet autre onglet et réessayez ici.',
  waking: 'L’oiseau se réveille…',
  wakingWhy: 'Il est peut-être encore occupé dans un autre onglet.',
  insecure: 'Mynah a besoin d’une adresse sécurisée.',
  insecureRest: (code: Inline): ComponentChildren => [
    'La page a été ouverte en simple ',
    code('http://'),
    ', où les navigateurs bloquent ce qu’il lui faut pour garder vos tweets et votre bot. Ouvrez-la avec ',
    code('https://'),
    ' dans l’adresse, ou, sur l’ordinateur qui la sert, à l’adresse ',
    code('http://localhost'),
    '.',
  ],
};
