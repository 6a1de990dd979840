/** How sure the bot was of each word of a tweet, what it could have written instead, and what it attended to. */
import { formatCount, formatNumber, formatRough } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { tokens } from './counted.ts';

export const certainty: Catalogue['certainty'] = {
  open: 'Ele tinha certeza?',
  close: 'Fechar',
  region: 'A certeza que o bot tinha',
  words: 'Palavras do tweet',
  asking: 'O bot está relendo o tweet…',
  summary: (chances) =>
    `Em média, ele escolheu como se houvesse ${formatRough(chances)} tokens igualmente prováveis. Escolha uma palavra para ver o que mais ele poderia ter escrito no lugar.`,
  summaryOfNothing: 'Escolha uma palavra para ver o que mais ele poderia ter escrito no lugar.',
  tooLong:
    'O tweet é mais longo do que este modelo consegue ver de uma vez, por isso o final não aparece aqui.',
  legend: 'O quanto uma palavra surpreende',
  levels: ['mais de 1 em 2', 'até 1 em 10', 'até 1 em 100', 'até 1 em 1.000', 'mais rara ainda'],
  endOfTweet: 'fim do tweet',
  startOfTweet: 'começo do tweet',
  partOfCharacter: 'parte de um caractere',
  space: 'espaço',
  lineBreak: 'quebra de linha',
  yours: 'Você deu isto como começo.',
  firstChoice: (chance, bits) =>
    `${chance}: a primeira opção dele. Surpresa: ${formatRough(bits)} bits.`,
  laterChoice: (chance, rank, bits) =>
    `${chance}: a opção número ${formatCount(rank)} dele. Surpresa: ${formatRough(bits)} bits.`,
  manyTokens: (count, chance) => `O bot escreve isto com ${tokens(count)}. No total: ${chance}.`,
  caption: 'O que ele poderia ter escrito aqui',
  token: 'Token',
  probability: 'Probabilidade',
  withSettings: 'Com os ajustes',
  written: 'escrito',
  ruledOut: 'descartado',
  never: (chance) => `menos de ${chance}`,
  note: 'A probabilidade é a do próprio modelo, com temperatura 1. Ao lado está a probabilidade depois de aplicados os ajustes com que este tweet foi escrito. As duas são calculadas com o texto como está agora e com o bot como ele escreve agora.',
  attention: 'No que ele prestou atenção',
  layer: 'Camada',
  head: 'Cabeça',
  mean: 'Média de todas',
  number: (number) => formatNumber(number),
  attentionNote:
    'Como a atenção com que o bot escolheu este token se dividiu entre o que vem antes dele, como média das camadas e cabeças que você escolher. Mostra para onde o bot olhou, não por que ele escolheu.',
  share: 'Parte da atenção',
};
