/** The choice Custom, and the bounds and names of training options, in French. */
import { MAX_WARMUP_STEPS } from '../../../domain/training-options.ts';
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const options: Catalogue['options'] = {
  custom: 'Personnalisé',
  customDescription: (preset: string) =>
    `Vos propres valeurs, sous « Réglages avancés ». Là où vous n’en fixez pas, celles de « ${preset} » s’appliquent.`,
  backToPreset: 'Revenir au préréglage',
  bounds: {
    tokens: (min: string, max: string) => `De ${min} à ${max} tokens.`,
    steps: (min: string, max: string) => `De ${min} à ${max} étapes.`,
    passes: (min: string, max: string) => `De ${min} à ${max} passes.`,
    evaluations: (min: string, max: string) => `De ${min} à ${max} évaluations.`,
    share: (min: string, max: string) => `Une part de ${min} à ${max}.`,
    none: (min: string, max: string) => `De ${min} à ${max}, sans unité.`,
  },
  fields: {
    mode: {
      label: 'Quoi entraîner',
      hint: 'Un adaptateur demande moins de mémoire et de place, et apprend un peu moins de vous.',
      choices: { full: 'Le modèle entier', lora: 'Un petit adaptateur (LoRA)' },
    },
    loraRank: {
      label: 'Taille de l’adaptateur',
      hint: 'Le rang des matrices de l’adaptateur : plus il est grand, plus l’adaptateur peut apprendre, et plus il prend de mémoire.',
    },
    checkpointing: {
      label: 'Économiser la mémoire',
      hint: 'Certaines choses sont calculées deux fois au lieu d’être gardées, ce qui prend environ un quart de temps en plus.',
    },
    steps: {
      label: 'Étapes',
      hint: 'Combien de fois le bot est ajusté. Si ce champ est rempli, les époques n’ont pas d’effet.',
    },
    epochs: { label: 'Époques', hint: 'Combien de fois il lit tous vos tweets.' },
    learningRate: {
      label: 'Taux d’apprentissage',
      hint: 'De combien, au plus, chaque étape modifie le bot.',
    },
    tokensPerStep: {
      label: 'Tokens par étape',
      hint: 'Combien il lit avant chaque modification, en blocs entiers.',
    },
    blockLength: {
      label: 'Longueur des blocs',
      hint: 'Combien de texte il voit à la fois, au plus autant que le modèle le permet.',
    },
    dropout: {
      label: 'Dropout',
      hint: 'La part des activations que chaque étape met à zéro, contre l’apprentissage par cœur.',
    },
    warmup: {
      label: 'Échauffement',
      hint: `La part des étapes pendant laquelle le taux d’apprentissage monte, ${MAX_WARMUP_STEPS} étapes au plus.`,
    },
    replyContext: {
      label: 'Apprendre à répondre',
      hint: (count) =>
        `${byCount(count, {
          one: 'Un de vos tweets répond à un autre des vôtres ou le cite',
          other: `${formatCount(count)} de vos tweets répondent à un autre des vôtres ou le citent`,
        })}. Lus après celui-ci, ils apprennent au bot à répondre. Aucune archive ne contient ce que les autres ont écrit.`,
    },
    weightDecay: {
      label: 'Décroissance des poids',
      hint: 'Avec quelle force chaque étape tire les poids vers zéro (weight decay).',
    },
    patience: {
      label: 'Patience',
      hint: 'Il s’arrête plus tôt après autant d’évaluations sur les tweets mis de côté sans meilleure perte, ou jamais avec 0.',
    },
    isUnmixed: {
      label: 'Le garder tel qu’entraîné',
      hint: 'Sinon, ses poids sont mélangés avec ceux du départ, s’il prédit alors mieux les tweets mis de côté.',
    },
    seed: {
      label: 'Graine',
      hint: 'La même graine, les mêmes réglages et les mêmes tweets donnent le même bot sur le même ordinateur.',
    },
  },
  placeholders: { preset: 'Selon le préréglage', model: 'Selon le modèle', random: 'Au hasard' },
  hasNoEffect: 'Le nombre d’étapes est fixé : ceci n’a donc pas d’effet.',
  tooMuch: 'Entraîner tout ce modèle serait trop.',
  conflicts: {
    context: (most: number) => `Ce modèle voit au plus ${formatCount(most)} tokens à la fois.`,
    step: (most: number) =>
      `Un bloc ne peut pas être plus long qu’une étape, qui a ${formatCount(most)} tokens.`,
    wholeBlocks: (tokens: number) =>
      `Une étape doit se composer de blocs entiers : saisissez ${formatCount(tokens)}.`,
    wholeBlocksEither: (below: number, above: number) =>
      `Une étape doit se composer de blocs entiers : saisissez ${formatCount(below)} ou ${formatCount(above)}.`,
  },
};
