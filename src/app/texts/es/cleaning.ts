/** The options that decide which tweets a bot learns from and how their texts are cleaned up. */
import type { Catalogue } from '../catalogue.ts';

const keepOrDrop = { keep: 'Conservar', drop: 'Excluir' };

export const cleaning: Catalogue['cleaning'] = {
  unknownAudience: {
    label: 'Publicaciones que no indican quién podía verlas',
    choices: keepOrDrop,
  },
  retweets: { label: 'Retuits', choices: keepOrDrop },
  replies: { label: 'Respuestas a otras personas', choices: keepOrDrop },
  quotes: { label: 'Tuits con cita', choices: keepOrDrop },
  duplicates: { label: 'Tuits repetidos', choices: keepOrDrop },
  edits: { label: 'Versiones anteriores de tuits editados', choices: keepOrDrop },
  emojiOnly: { label: 'Tuits solo con emojis', choices: keepOrDrop },
  links: {
    label: 'Tuits con enlaces',
    choices: { strip: 'Conservar sin el enlace', drop: 'Excluir' },
  },
  hashtags: {
    label: 'Hashtags',
    choices: { keep: 'Conservar', strip: 'Quitar', drop: 'Excluir los tuits con hashtags' },
  },
  mentions: {
    label: 'Menciones',
    choices: {
      keep: 'Conservar',
      'strip-leading': 'Quitar al principio de las respuestas',
      strip: 'Quitar en todas partes',
    },
  },
  threads: {
    label: 'Hilos',
    choices: { apart: 'Un texto por tuit', join: 'Un texto por hilo' },
  },
  newLines: {
    label: 'Saltos de línea',
    choices: { space: 'Sustituir por espacios', keep: 'Conservar' },
  },
  minimumWords: { label: 'Mínimo de palabras' },
  minimumLikes: { label: 'Mínimo de «me gusta»' },
  fromMs: { label: 'Desde' },
  untilMs: { label: 'Hasta' },
  exclude: { label: 'Tuits sin estas palabras' },
  languages: { label: 'Idiomas' },
  shares: { label: 'Peso de cada cuenta' },
};
