/** The options that decide which tweets a bot learns from and how their texts are cleaned up, in French. */
import type { Catalogue } from '../catalogue.ts';

const keepOrDrop = { keep: 'Garder', drop: 'Écarter' };

export const cleaning: Catalogue['cleaning'] = {
  unknownAudience: { label: 'Posts qui ne disent pas qui pouvait les voir', choices: keepOrDrop },
  retweets: { label: 'Retweets', choices: keepOrDrop },
  replies: { label: 'Réponses à d’autres personnes', choices: keepOrDrop },
  quotes: { label: 'Tweets avec citation', choices: keepOrDrop },
  duplicates: { label: 'Tweets répétés', choices: keepOrDrop },
  edits: { label: 'Anciennes versions des tweets modifiés', choices: keepOrDrop },
  emojiOnly: { label: 'Tweets faits seulement d’émojis', choices: keepOrDrop },
  links: {
    label: 'Tweets avec liens',
    choices: { strip: 'Garder sans le lien', drop: 'Écarter' },
  },
  hashtags: {
    label: 'Hashtags',
    choices: { keep: 'Garder', strip: 'Enlever', drop: 'Écarter les tweets avec hashtags' },
  },
  mentions: {
    label: 'Mentions',
    choices: {
      keep: 'Garder',
      'strip-leading': 'Enlever au début des réponses',
      strip: 'Enlever partout',
    },
  },
  threads: {
    label: 'Fils',
    choices: { apart: 'Un texte par tweet', join: 'Un texte par fil' },
  },
  newLines: {
    label: 'Sauts de ligne',
    choices: { space: 'Remplacer par des espaces', keep: 'Garder' },
  },
  minimumWords: { label: 'Nombre minimal de mots' },
  minimumLikes: { label: 'Nombre minimal de j’aime' },
  fromMs: { label: 'Du' },
  untilMs: { label: 'Au' },
  exclude: { label: 'Tweets sans ces mots' },
  languages: { label: 'Langues' },
  shares: { label: 'Parts des comptes' },
};
