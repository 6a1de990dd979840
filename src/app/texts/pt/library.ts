/** The list of bots, and what can be done with them. */
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { passos, tweets } from './counted.ts';

export const library: Catalogue['library'] = {
  newBot: 'Novo bot',
  empty: 'Os bots que você treinar aparecem aqui. Eles ficam neste navegador.',

  trainMore: 'Treinar mais',
  continue: 'Continuar',
  export: 'Exportar',
  exportOf: (name) => `Exportar ${name}`,
  rename: 'Renomear',
  renameOf: (name) => `Renomear ${name}`,
  duplicate: 'Duplicar',
  duplicateOf: (name) => `Duplicar ${name}`,
  delete: 'Excluir',
  deleteOf: (name) => `Excluir ${name}`,
  noTweets: 'Este bot não pode mais ser treinado, porque os tweets dele foram excluídos.',
  from: (dataset) => `de ${dataset}`,
  tweets,
  quiz: (right, pairs) =>
    `Real ou bot: ${formatCount(right)} de ${formatCount(pairs)} distinguidos`,
  inTraining: (step, steps) =>
    steps === null
      ? `Em treinamento: passo ${formatCount(step)}`
      : `Em treinamento: passo ${formatCount(step)} de ${formatCount(steps)}`,
  paused: (step, steps) => `Em pausa no passo ${formatCount(step)} de ${formatCount(steps)}`,
  interrupted: (step, steps) =>
    `Interrompido no passo ${formatCount(step)} de ${formatCount(steps)}`,
  steps: passos,
  stepsWithLoss: (count, loss) => `${passos(count)}, perda ${loss}`,

  /* Export */
  exportPromise: 'O arquivo é um ZIP. Ele não contém os seus tweets.',
  writingFile: 'Gravando o arquivo',
  starting: 'começando',
  cancel: 'Cancelar',
  close: 'Fechar',
  forMynah: 'Para o Mynah e o Hugging Face',
  forMynahPrograms: '“Abrir um bot”, transformers, o Hub',
  forGguf: 'GGUF',
  forPages: 'Para páginas da web',
  files: {
    full: (bold, bytes) => [
      bold('Precisão total'),
      ` ${formatBytes(bytes)} · exatamente como está aqui`,
    ],
    half: (bold, bytes) => [
      bold('Metade do tamanho'),
      ` ${formatBytes(bytes)} · levemente arredondado`,
    ],
    adapter: (bold, italic, bytes) => [
      bold('Só o adaptador'),
      ` ${formatBytes(bytes)} · para o `,
      italic('PEFT'),
      ', que também precisa do modelo base',
    ],
    Q8_0: (bold, bytes) => [
      bold('GGUF, 8 bits'),
      ` ${formatBytes(bytes)} · o menor arquivo, mais arredondado`,
    ],
    F16: (bold, bytes) => [bold('GGUF, 16 bits'), ` ${formatBytes(bytes)} · levemente arredondado`],
    F32: (bold, bytes) => [
      bold('GGUF, 32 bits'),
      ` ${formatBytes(bytes)} · exatamente como está aqui`,
    ],
    onnx: (bold, bytes) => [bold('ONNX'), ` ${formatBytes(bytes)} · exatamente como está aqui`],
  },
  zipArchive: 'Arquivo ZIP',

  /* Open */
  readingBot: 'Lendo o bot',
  opening: 'abrindo',
  openHint: 'Um ZIP exportado pelo Mynah, os arquivos de um GPT-2 ou um adaptador do PEFT',
  openWithModel: 'Abrir com este modelo',
  openedFromFile: 'aberto de um arquivo',
  modelGone: 'um modelo que não existe mais',

  /* Name and picture */
  nameOfBot: 'Nome do bot',
  pictureOfBot: 'Imagem do bot',
  save: 'Salvar',
  mynaBird: 'o mainá',
  accountPicture: 'a foto da conta',
  emoji: {
    '🦜': 'papagaio',
    '🐦': 'pássaro',
    '🦉': 'coruja',
    '🐧': 'pinguim',
    '🦩': 'flamingo',
    '🐔': 'galinha',
    '🤖': 'robô',
    '👻': 'fantasma',
    '🎩': 'cartola',
    '🧠': 'cérebro',
    '🔥': 'fogo',
    '🌶️': 'pimenta',
    '🌈': 'arco-íris',
    '🌙': 'lua',
    '☕': 'café',
    '🎸': 'guitarra',
    '📚': 'livros',
  },

  /* Training further */
  trainMoreOf: (name) => `Treinar mais ${name}`,
  createsVersion: (version) => `O treinamento continua e cria a versão ${formatCount(version)}.`,
  createsVersionOnSame: (version) =>
    `O treinamento continua com os mesmos tweets e cria a versão ${formatCount(version)}.`,
  moreEpochs: (count) =>
    byCount(count, {
      one: `Mais ${formatCount(count)} época`,
      other: `Mais ${formatCount(count)} épocas`,
    }),
  withNewer: (count) => `Com os tweets novos (+${formatCount(count)})`,
  asKeptNow: (count) => `Com os tweets mantidos agora (${formatCount(count)})`,
  sameAsBefore: (count) => `Com os mesmos tweets de antes (${formatCount(count)})`,

  /* Versions */
  versions: (count) =>
    byCount(count, {
      one: `${formatCount(count)} versão`,
      other: `${formatCount(count)} versões`,
    }),
  version: (number) => `Versão ${formatCount(number)}`,
  deleteVersion: (number, name) => `Excluir a versão ${formatCount(number)} de ${name}`,
  atStep: (step) => `passo ${formatCount(step)}`,
  lossIs: (loss) => `perda ${loss}`,

  hasBeenDeleted: (bold, name) => [bold(name), ' foi excluído com tudo o que escreveu.'],
  undo: 'Desfazer',
  deletePermanently: 'Excluir para sempre',
};
