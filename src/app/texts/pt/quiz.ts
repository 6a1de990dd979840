/** “Real or bot?” */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quiz: Catalogue['quiz'] = {
  title: 'Real ou bot?',
  teaser: 'Dez tweets reais que o bot nunca viu e dez dele. Você consegue dizer qual é qual?',
  play: 'Jogar',
  playAgain: 'Jogar de novo',
  score: ({ right, pairs }) =>
    `Distinguidos até agora: ${formatCount(right)} de ${formatCount(pairs)}`,

  howItGoes:
    'Você vê dez pares de tweets. Um de cada par é real: ele foi reservado no treinamento, por isso o bot nunca o viu. O outro foi escrito pelo bot, agora mesmo, com os ajustes de costume. Os dois têm tamanho parecido.',
  howToRead:
    'Encontre o real. Se você só conseguir chutar, vai acertar cerca de 5 em 10, e o bot é tão bom quanto pode ser.',
  whoJudges:
    'Talvez você se lembre dos seus próprios tweets. Outra pessoa é um juiz mais rigoroso do bot.',
  start: 'Começar',
  cancel: 'Cancelar',
  loadingModel: 'Carregando o bot',
  writing: (written, wanted) =>
    `Escrevendo tweets: ${formatCount(written)} de ${formatCount(wanted)}`,
  preparing: 'Preparando a rodada',

  impossible: {
    'no-tweets':
      'Os tweets com que este bot aprendeu não estão neste navegador, então não há nada real com que comparar. É assim com bots abertos de arquivos e depois que tweets são excluídos. Traga os mesmos tweets e abra o bot de novo.',
    'too-few-held-out':
      'Uma rodada precisa de dez tweets reservados no treinamento, e dos tweets deste bot foram reservados menos. A partir de 40 tweets, alguns são reservados; de 400, cerca de 60. Treine um bot com mais tweets.',
    'too-different':
      'O que este bot escreve é tão mais longo ou mais curto que os tweets reservados que só o tamanho já os distinguiria. Treine-o por mais tempo e tente de novo.',
  },

  pair: (number, of) => `Par ${formatCount(number)} de ${formatCount(of)}`,
  question: 'Qual é o real?',
  keys: 'Teclas: 1 ou ← para o primeiro, 2 ou → para o segundo.',
  choice: (side, text) => (side === 0 ? `Primeiro tweet: ${text}` : `Segundo tweet: ${text}`),
  right: (side) => (side === 0 ? 'Certo: o primeiro é real.' : 'Certo: o segundo é real.'),
  wrong: (side) => (side === 0 ? 'Errado: o primeiro é real.' : 'Errado: o segundo é real.'),
  real: 'Tweet real',
  bot: 'Do bot',
  chosen: 'a sua escolha',
  tally: (right, asked) =>
    byCount(right, {
      one: `${formatCount(right)} acerto em ${formatCount(asked)}`,
      other: `${formatCount(right)} acertos em ${formatCount(asked)}`,
    }),
  streak: (count) => `Sequência: ${formatCount(count)}`,
  next: 'Próximo par',
  finish: 'Ver o resultado',

  result: (right, pairs) =>
    byCount(right, {
      one: `${formatCount(right)} de ${formatCount(pairs)} distinguido`,
      other: `${formatCount(right)} de ${formatCount(pairs)} distinguidos`,
    }),
  meaning: {
    easy: 'Você reconhece este bot assim que o vê.',
    mostly: 'Quase sempre você distingue o bot dos tweets reais.',
    guess: 'Mais ou menos como chutar: o que ele escreve passa por real.',
    fooled: 'Você tomou o bot por real mais vezes do que os tweets reais.',
  },
  chance:
    'Uma rodada diz pouco: só chutando, uma em cada 18 rodadas tem 8 acertos ou mais. Várias rodadas juntas dizem mais.',
  longest: (count) => `Maior sequência: ${formatCount(count)}`,
  allRounds: ({ right, pairs, rounds }) =>
    byCount(rounds, {
      one: `Em ${formatCount(rounds)} rodada com ele: ${formatCount(right)} de ${formatCount(pairs)} distinguidos`,
      other: `Nas ${formatCount(rounds)} rodadas com ele: ${formatCount(right)} de ${formatCount(pairs)} distinguidos`,
    }),
  kept: 'O resultado fica guardado com o bot e no registro dele, em “Histórico”.',
  savePicture: 'Salvar imagem',
  pictureSaved: 'Imagem salva.',
  noPicture: 'O seu navegador não conseguiu desenhar a imagem.',
  noShare: 'O seu navegador não conseguiu compartilhar a imagem. Em vez disso, salve-a.',

  pictureLine: 'Tweets reais contra um bot que aprendeu com eles',
  pictureFoot: 'Treinado no navegador · Mynah',
};
