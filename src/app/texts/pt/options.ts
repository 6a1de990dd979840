/** The choice Custom, and the bounds of training options. Bounds are written as numbers: `16`, `65.536`, `0,5`. */

import { MAX_WARMUP_STEPS } from '../../../domain/training-options.ts';
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { tokens } from './counted.ts';

export const options: Catalogue['options'] = {
  custom: 'Personalizado',
  customDescription: (preset) =>
    `Valores seus, em “Avançado”. Onde você não definir nenhum, valem os de “${preset}”.`,
  backToPreset: 'Voltar à predefinição',
  bounds: {
    tokens: (min, max) => `De ${min} a ${max} tokens.`,
    steps: (min, max) => `De ${min} a ${max} passos.`,
    passes: (min, max) => `De ${min} a ${max} passadas.`,
    evaluations: (min, max) => `De ${min} a ${max} avaliações.`,
    share: (min, max) => `Uma fração de ${min} a ${max}.`,
    none: (min, max) => `De ${min} a ${max}, sem unidade.`,
  },
  fields: {
    mode: {
      label: 'O que treinar',
      hint: 'Um adaptador precisa de menos memória e espaço, e aprende um pouco menos de você.',
      choices: { full: 'O modelo inteiro', lora: 'Um adaptador pequeno (LoRA)' },
    },
    loraRank: {
      label: 'Tamanho do adaptador',
      hint: 'O posto das matrizes do adaptador: um maior pode aprender mais e ocupa mais memória.',
    },
    checkpointing: {
      label: 'Usar menos memória',
      hint: 'Calcula algumas coisas duas vezes em vez de guardá-las, o que leva cerca de um quarto a mais de tempo.',
    },
    steps: {
      label: 'Passos',
      hint: 'Quantas vezes o bot é ajustado. Se você definir isto, “Épocas” não tem efeito.',
    },
    epochs: { label: 'Épocas', hint: 'Quantas vezes ele lê todos os seus tweets.' },
    learningRate: {
      label: 'Taxa de aprendizado',
      hint: 'O quanto cada passo muda o bot, no máximo.',
    },
    tokensPerStep: {
      label: 'Tokens por passo',
      hint: 'O quanto ele lê antes de cada mudança, em blocos inteiros.',
    },
    blockLength: {
      label: 'Tamanho do bloco',
      hint: 'Quanto texto ele vê de uma vez, no máximo o que o modelo aguenta.',
    },
    dropout: {
      label: 'Dropout',
      hint: 'A fração das ativações que cada passo zera, para que ele não decore.',
    },
    warmup: {
      label: 'Aquecimento',
      hint: `A fração dos passos durante a qual a taxa de aprendizado sobe, ${MAX_WARMUP_STEPS} passos no máximo.`,
    },
    replyContext: {
      label: 'Aprender a responder',
      hint: (count) =>
        `${byCount(count, {
          one: 'Um dos seus tweets responde a outro seu ou o cita',
          other: `${formatCount(count)} dos seus tweets respondem a outro seu ou o citam`,
        })}. Lidos depois desse outro, eles ensinam o bot a responder. O que outras pessoas escreveram não está em nenhum arquivo do Twitter.`,
    },
    weightDecay: {
      label: 'Decaimento dos pesos',
      hint: 'Com que força cada passo puxa os pesos para zero.',
    },
    patience: {
      label: 'Paciência',
      hint: 'Termina antes, depois deste número de avaliações nos tweets reservados sem melhorar a perda, ou nunca com 0.',
    },
    isUnmixed: {
      label: 'Manter exatamente como treinado',
      hint: 'Senão, os pesos dele são misturados com os que tinha no começo, se assim ele prevê melhor os tweets reservados.',
    },
    seed: {
      label: 'Semente',
      hint: 'A mesma semente, os mesmos ajustes e os mesmos tweets dão o mesmo bot no mesmo computador.',
    },
  },
  placeholders: { preset: 'Da predefinição', model: 'Do modelo', random: 'Aleatória' },
  hasNoEffect: 'Você definiu os passos, então isto não tem efeito.',
  tooMuch: 'Treinar este modelo inteiro seria demais.',
  conflicts: {
    context: (most) => `Este modelo vê no máximo ${tokens(most)} de uma vez.`,
    step: (most) => `Um bloco não pode ser maior que um passo, que tem ${tokens(most)}.`,
    wholeBlocks: (count) => `Um passo precisa ter blocos inteiros: digite ${formatCount(count)}.`,
    wholeBlocksEither: (below, above) =>
      `Um passo precisa ter blocos inteiros: digite ${formatCount(below)} ou ${formatCount(above)}.`,
  },
};
