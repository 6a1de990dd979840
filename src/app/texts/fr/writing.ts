/** Step 3 in French: the studio in which a bot writes, and what it has written. */
import type { ComponentChildren } from 'preact';
import { byCount, formatCount, formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const writing: Catalogue['writing'] = {
  ai: 'IA',
  placeholder: 'Commencez le tweet, ou laissez vide',
  pasteTweet: 'Collez le tweet auquel répondre',
  replyHint:
    'Le bot le lit avant d’écrire, et il ne fait pas partie de la réponse. Ce bot n’a pas été entraîné à répondre : une réponse peut donc tomber à côté.',
  replyHintTrained: (count) =>
    `Le bot le lit avant d’écrire, et il ne fait pas partie de la réponse. Il a appris à répondre avec ${byCount(count, { one: 'une réponse', other: `${formatCount(count)} réponses` })} à vos propres tweets.`,
  inReplyTo: (tweet: string) => `En réponse à « ${tweet} »`,
  howMany: 'Combien de tweets',
  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} tweet`, other: `${formatCount(count)} tweets` }),
  write: 'Écrire',
  stopping: 'Arrêt…',
  gettingReady: 'Préparation…',
  writing: 'Écriture…',
  tweetsOf: (done: number, total: number) =>
    byCount(total, {
      one: `${formatCount(done)} sur ${formatCount(total)} tweet`,
      other: `${formatCount(done)} sur ${formatCount(total)} tweets`,
    }),
  writtenOf: (bold: Inline, done: number, total: number): ComponentChildren => [
    bold(`${formatCount(done)} sur ${formatCount(total)}`),
    ' déjà là. Vous pouvez continuer à lire, garder et jeter en attendant.',
  ],
  writtenOfLeft: (bold: Inline, done: number, total: number, left: string): ComponentChildren => [
    bold(`${formatCount(done)} sur ${formatCount(total)}`),
    ` déjà là, encore ${left}. Vous pouvez continuer à lire, garder et jeter en attendant.`,
  ],

  /* How daring */
  moods: { safe: 'Sage', balanced: 'Équilibré', playful: 'Joueur', wild: 'Déchaîné' },
  ownSettings: (numbers: string) => `Vos propres réglages : ${numbers}`,
  numbers: {
    temperature: (value: number) => `température ${formatNumber(value)}`,
    topP: (value: number) => `top-p ${formatNumber(value)}`,
    topK: (value: number) => `top-k ${formatNumber(value)}`,
    minP: (value: number) => `min-p ${formatNumber(value)}`,
    typicalP: (value: number) => `typical-p ${formatNumber(value)}`,
    repetitionPenalty: (value: number) => `répétition ${formatNumber(value)}`,
    noRepeatNgram: (value: number) => `pas de ${formatNumber(value)}-gramme répété`,
  },

  compareHint:
    'Les deux écrivent avec le même début et la même graine ; seule change la chose que vous choisissez ici. Ce qui est écrit reste avec son bot.',
  notWritten: 'Rien n’a été écrit ici.',

  /* Advanced */
  hints: {
    count: 'Tweets à écrire en une fois.',
    temperature: 'Plus haut, c’est plus surprenant ; plus bas, plus prévisible.',
    topP: 'Choisir parmi les mots les plus probables, jusqu’à cette probabilité totale.',
    topK: 'Choisir parmi autant de mots les plus probables ; 0 pour tous.',
    minP: 'Choisir parmi les mots qui ont au moins cette part de la probabilité du mot le plus probable ; 0 pour tous.',
    typicalP:
      'Choisir parmi les mots à peu près aussi surprenants qu’attendu, jusqu’à cette probabilité totale ; 1 pour tous.',
    repetitionPenalty: 'Au-dessus de 1, le bot se répète moins ; 1 n’a pas d’effet.',
    noRepeatNgram:
      'Aucune suite d’autant de tokens ne revient deux fois dans un tweet ; 0 permet la répétition.',
    maxCharacters: 'Les tweets plus longs sont coupés après une phrase ou un mot.',
    maxTokens: 'Un token fait environ ¾ de mot.',
    seed: 'La même graine écrit les mêmes tweets.',
    endsWithSentence: 'Ce qui suit la dernière phrase complète est coupé.',
    avoidCopies:
      'Un tweet qui en copie presque entièrement un vrai est réécrit, jusqu’à trois fois.',
  },
  randomSeed: 'Au hasard',
  aRandomOne: 'tirée au hasard',

  /* A batch */
  withoutStart: 'Sans début',
  quoted: (start: string) => `« ${start} »`,
  seedIs: (seed: number) => `graine ${seed}`,
  useAgain: 'Réutiliser',
  inForm: 'Le début, les réglages et la graine sont dans le formulaire.',

  /* A tweet */
  wholeCopy: 'Copie d’un vrai tweet',
  partlyCopied: 'En partie dans un vrai tweet',
  originalDeleted: 'Ce tweet a été supprimé ici.',
  edited: 'modifié',
  pinned: 'épinglé',
  isKept: 'Gardé',
  isPinned: 'Épinglé',
  moreLike: (start: string) => `Cinq autres qui commencent par « ${start} »`,
  postHint: 'Ouvre x.com avec ce texte. Rien n’est envoyé avant que vous n’appuyiez ici.',
  cantShare: 'Votre navigateur n’a pas pu le partager. Copiez-le plutôt.',
  pictureSaved: 'Image enregistrée.',
  cantDraw: 'Votre navigateur n’a pas pu dessiner l’image.',
  pictureFoot: 'Écrit par une IA qui a appris avec des tweets · Mynah',
  cancel: 'Annuler',
  copy: 'Copier',
  copied: 'Copié',
  notAllowed: 'Non autorisé',
  hasCopied: 'Copié.',
  cantCopy: 'Votre navigateur ne permet pas de copier. Sélectionnez plutôt le texte.',

  /* What was just done */
  done: {
    dropped: 'Jeté.',
    changed: 'Modifié.',
    triedAgain: 'Réessayé.',
  },
  undone: {
    dropped: 'Jeté : annulé.',
    changed: 'Modifié : annulé.',
    triedAgain: 'Réessayé : annulé.',
  },
  undo: 'Annuler',
  dismiss: 'Fermer',
  kept: 'Gardé.',
  noLongerKept: 'N’est plus gardé.',
  back: 'De retour parmi tous les tweets.',
  pinnedToTop: 'Épinglé en haut.',
  noLongerPinned: 'N’est plus épinglé.',
  deleted: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} tweet supprimé.`,
      other: `${formatCount(count)} tweets supprimés.`,
    }),

  /* The keys */
  keys: {
    next: 'tweet suivant',
    previous: 'tweet précédent',
    keep: 'le garder, ou ne plus le garder',
    drop: 'le jeter',
    undo: 'annuler',
    edit: 'le modifier',
    copy: 'le copier',
    pin: 'l’épingler en haut',
    again: 'réessayer',
    more: 'd’autres comme lui',
    continue: 'le continuer',
    search: 'chercher',
    help: 'montrer ces touches',
  },

  /* The list */
  filters: { all: 'Tous', kept: 'Gardés', dropped: 'Jetés' },
  search: 'Chercher',
  confirmDelete: (count: number) =>
    byCount(count, {
      one: `Supprimer définitivement ${formatCount(count)} tweet jeté ?`,
      other: `Supprimer définitivement ${formatCount(count)} tweets jetés ?`,
    }),
  delete: 'Supprimer',
  stoppedEmpty: 'Arrêté avant que quoi que ce soit ne soit fini.',
  empty: 'Ce qu’il écrit est listé ici et reste avec le bot.',
  noneFound: 'Rien de ce qu’il a écrit ne contient ces mots.',
  noneKept: 'Rien n’est encore gardé. Utilisez « Garder », ou la touche S.',
  noneDropped: 'Rien n’a été jeté.',
  allDropped: 'Tout a été jeté.',

  /* Downloads */
  asListed: (bold: Inline, count: number): ComponentChildren => [
    bold(
      byCount(count, {
        one: `${formatCount(count)} tweet`,
        other: `${formatCount(count)} tweets`,
      }),
    ),
    ' dans l’ordre de la liste ci-dessous. Tous les fichiers sauf TXT contiennent aussi le début, la graine et les réglages de chaque tweet.',
  ],
  copyAll: 'Tout copier',
  inYourTime: 'Dans votre fuseau horaire. Le fichier est en UTC.',
  chooseTime: 'Choisissez un jour et une heure.',
  hoursHint: 'D’un tweet au suivant.',
};
