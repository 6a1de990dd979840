/** The cards of the models that a bot can start from: what each is like, and what it takes here. */
import { formatEstimate } from '../../estimates.ts';
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelCards: Catalogue['modelCards'] = {
  startsFrom: (bold, name) => ['Parte de ', bold(name)],
  recommended: 'Recomendado aqui',
  ownDescription: 'Do Hub, pelo nome ou idioma, ou uma pasta com um modelo seu.',
  otherBots:
    'Para ensinar mais a um dos seus bots, clique em “Treinar mais” na lista dos seus bots. Para continuar com um que você exportou, clique em “Abrir um bot”.',

  /* What it takes: facts in a row. */
  time: (seconds) => formatEstimate(seconds),
  memory: (bytes) => `${formatBytes(bytes)} de memória`,
  download: (bytes) => `${formatBytes(bytes)} para baixar`,
  isHere: 'Disponível offline',
  isHereWith: (bytes) => `Disponível offline, ${formatBytes(bytes)}`,
  adapterOnly:
    'Aprende só com o adaptador pequeno, porque treinar o modelo inteiro seria demais aqui.',
  tooLarge: 'Grande demais para treinar neste computador: não há memória suficiente.',
  tooLong: 'Neste computador demoraria muito. Em um com placa de vídeo é bem mais rápido.',
  roughly:
    'O tempo é estimado pela velocidade medida com outro modelo. Com este, ela é medida assim que ele estiver aqui.',

  soundsLike: 'O que um bot assim escreve',
  madeHere: 'De um bot do autor do exemplo, treinado nesta página',
  quotedFrom: (link, source) => ['Publicado por ', link(source)],
  sources: {
    huggingtweets: 'huggingtweets (o começo do exemplo no README)',
    woolf: 'Max Woolf (um bot que aprendeu os tweets de @MagicRealismBot)',
  },
  canAndCannot: (strong) => [
    'Ele tem 3,5 milhões de parâmetros e foi treinado com livros em domínio público. Mostra a ideia em um ou dois minutos, mas é pequeno: ',
    strong('pega as suas palavras e os seus assuntos, não os seus pensamentos.'),
    ' Para frases inteiras que façam sentido, escolha um modelo maior.',
  ],

  notEnglish: (language) =>
    `A maioria dos seus tweets está em ${language}, e estes modelos sabem inglês. Só com os seus tweets eles aprendem palavras, mas quase nada de como se monta uma frase em ${language}.`,
  findOther: (language) => `Procurar um GPT-2 que saiba ${language}`,
};
