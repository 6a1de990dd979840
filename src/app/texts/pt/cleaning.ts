/** The options that decide which tweets a bot learns from and how their texts are cleaned up. */
import type { Catalogue } from '../catalogue.ts';

const keepOrDrop = { keep: 'Manter', drop: 'Deixar de fora' };

export const cleaning: Catalogue['cleaning'] = {
  unknownAudience: {
    label: 'Posts que não dizem quem podia vê-los',
    choices: keepOrDrop,
  },
  retweets: { label: 'Retweets', choices: keepOrDrop },
  replies: { label: 'Respostas a outras pessoas', choices: keepOrDrop },
  quotes: { label: 'Tweets com citação', choices: keepOrDrop },
  duplicates: { label: 'Tweets repetidos', choices: keepOrDrop },
  edits: { label: 'Versões antigas de tweets editados', choices: keepOrDrop },
  emojiOnly: { label: 'Tweets só com emojis', choices: keepOrDrop },
  links: {
    label: 'Tweets com links',
    choices: { strip: 'Manter sem o link', drop: 'Deixar de fora' },
  },
  hashtags: {
    label: 'Hashtags',
    choices: { keep: 'Manter', strip: 'Remover', drop: 'Deixar de fora tweets com hashtags' },
  },
  mentions: {
    label: 'Menções',
    choices: {
      keep: 'Manter',
      'strip-leading': 'Remover no começo das respostas',
      strip: 'Remover em todo lugar',
    },
  },
  threads: {
    label: 'Threads',
    choices: { apart: 'Um texto por tweet', join: 'Um texto por thread' },
  },
  newLines: {
    label: 'Quebras de linha',
    choices: { space: 'Trocar por espaços', keep: 'Manter' },
  },
  minimumWords: { label: 'Mínimo de palavras' },
  minimumLikes: { label: 'Mínimo de curtidas' },
  fromMs: { label: 'De' },
  untilMs: { label: 'Até' },
  exclude: { label: 'Tweets sem estas palavras' },
  languages: { label: 'Idiomas' },
  shares: { label: 'Peso de cada conta' },
};
