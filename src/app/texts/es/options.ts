/** The choice Custom, and the bounds of training options. Bounds are written as numbers: `16`, `65.536`, `0,5`. */

import { MAX_WARMUP_STEPS } from '../../../domain/training-options.ts';
import type { Catalogue } from '../catalogue.ts';
import { byCount, formatCount } from '../../format.ts';
import { tokens } from './counted.ts';

export const options: Catalogue['options'] = {
  custom: 'Personalizado',
  customDescription: (preset) =>
    `Valores propios, en «Avanzado». Donde no pongas ninguno, valen los de «${preset}».`,
  backToPreset: 'Volver al preajuste',
  bounds: {
    tokens: (min, max) => `De ${min} a ${max} tokens.`,
    steps: (min, max) => `De ${min} a ${max} pasos.`,
    passes: (min, max) => `De ${min} a ${max} pasadas.`,
    evaluations: (min, max) => `De ${min} a ${max} evaluaciones.`,
    share: (min, max) => `Una proporción de ${min} a ${max}.`,
    none: (min, max) => `De ${min} a ${max}, sin unidad.`,
  },
  fields: {
    mode: {
      label: 'Qué entrenar',
      hint: 'Un adaptador necesita menos memoria y espacio, y aprende un poco menos de ti.',
      choices: { full: 'Todo el modelo', lora: 'Un adaptador pequeño (LoRA)' },
    },
    loraRank: {
      label: 'Tamaño del adaptador',
      hint: 'El rango de las matrices del adaptador: uno mayor puede aprender más y ocupa más memoria.',
    },
    checkpointing: {
      label: 'Usar menos memoria',
      hint: 'Calcula algunas cosas dos veces en lugar de guardarlas, y tarda alrededor de un cuarto más.',
    },
    steps: {
      label: 'Pasos',
      hint: 'Cuántas veces se ajusta el bot. Si lo indicas, «Épocas» no tiene efecto.',
    },
    epochs: { label: 'Épocas', hint: 'Cuántas veces lee todos tus tuits.' },
    learningRate: {
      label: 'Tasa de aprendizaje',
      hint: 'Cuánto cambia el bot en cada paso, como máximo.',
    },
    tokensPerStep: {
      label: 'Tokens por paso',
      hint: 'Cuánto lee antes de cada cambio, en bloques enteros.',
    },
    blockLength: {
      label: 'Longitud de bloque',
      hint: 'Cuánto texto ve de una vez, como máximo lo que admita el modelo.',
    },
    dropout: {
      label: 'Dropout',
      hint: 'La proporción de activaciones que cada paso pone a cero, para que no aprenda de memoria.',
    },
    warmup: {
      label: 'Calentamiento',
      hint: `La proporción de los pasos durante la que sube la tasa de aprendizaje, ${MAX_WARMUP_STEPS} pasos como máximo.`,
    },
    replyContext: {
      label: 'Aprender a responder',
      hint: (count) =>
        `${byCount(count, {
          one: 'Uno de tus tuits responde a otro tuyo o lo cita',
          other: `${formatCount(count)} de tus tuits responden a otro tuyo o lo citan`,
        })}. Leídos después de ese otro, enseñan al bot a responder. Lo que escribieron otros no está en ningún archivo de Twitter.`,
    },
    weightDecay: {
      label: 'Decaimiento de pesos',
      hint: 'Con qué fuerza lleva cada paso los pesos hacia cero.',
    },
    patience: {
      label: 'Paciencia',
      hint: 'Termina antes tras este número de evaluaciones con los tuits reservados sin mejorar la pérdida, o nunca con 0.',
    },
    isUnmixed: {
      label: 'Conservarlo tal como se entrenó',
      hint: 'Si no, sus pesos se mezclan con los que tenía al principio, si así predice mejor los tuits reservados.',
    },
    seed: {
      label: 'Semilla',
      hint: 'La misma semilla, los mismos ajustes y los mismos tuits dan el mismo bot en el mismo equipo.',
    },
  },
  placeholders: { preset: 'Del preajuste', model: 'Del modelo', random: 'Al azar' },
  hasNoEffect: 'Has indicado los pasos, así que esto no tiene efecto.',
  tooMuch: 'Entrenar todo este modelo sería demasiado.',
  conflicts: {
    context: (most) => `Este modelo ve como máximo ${tokens(most)} a la vez.`,
    step: (most) => `Un bloque no puede ser más largo que un paso, que tiene ${tokens(most)}.`,
    wholeBlocks: (count) =>
      `Un paso tiene que estar formado por bloques enteros: escribe ${formatCount(count)}.`,
    wholeBlocksEither: (below, above) =>
      `Un paso tiene que estar formado por bloques enteros: escribe ${formatCount(below)} o ${formatCount(above)}.`,
  },
};
