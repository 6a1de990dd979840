/** Step 3: the studio in which a bot writes, and what it has written. */
import { byCount, formatCount, formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { tweets } from './counted.ts';

export const writing: Catalogue['writing'] = {
  ai: 'IA',
  placeholder: 'Comece o tweet, ou deixe vazio',
  pasteTweet: 'Cole o tweet a responder',
  replyHint:
    'O bot o lê antes de escrever, e ele não faz parte da resposta. Este bot não foi treinado para responder, então uma resposta pode não combinar.',
  replyHintTrained: (count) =>
    `O bot o lê antes de escrever, e ele não faz parte da resposta. Aprendeu a responder com ${byCount(count, { one: 'uma resposta', other: `${formatCount(count)} respostas` })} aos seus próprios tweets.`,
  inReplyTo: (tweet) => `Em resposta a “${tweet}”`,
  howMany: 'Quantos tweets',
  tweets,
  write: 'Escrever',
  stopping: 'Parando…',
  gettingReady: 'Preparando…',
  writing: 'Escrevendo…',
  tweetsOf: (done, total) => `${formatCount(done)} de ${tweets(total)}`,
  writtenOf: (bold, done, total) => [
    bold(`${formatCount(done)} de ${formatCount(total)}`),
    ' escritos. Enquanto isso, você pode continuar lendo, mantendo e descartando.',
  ],
  writtenOfLeft: (bold, done, total, left) => [
    bold(`${formatCount(done)} de ${formatCount(total)}`),
    ` escritos; tempo restante: ${left}. Enquanto isso, você pode continuar lendo, mantendo e descartando.`,
  ],

  /* How daring */
  moods: {
    safe: 'Prudente',
    balanced: 'Equilibrado',
    playful: 'Brincalhão',
    wild: 'Sem freio',
  },
  ownSettings: (numbers) => `Os seus próprios ajustes: ${numbers}`,
  numbers: {
    temperature: (value) => `temperatura ${formatNumber(value)}`,
    topP: (value) => `top-p ${formatNumber(value)}`,
    topK: (value) => `top-k ${formatNumber(value)}`,
    minP: (value) => `min-p ${formatNumber(value)}`,
    typicalP: (value) => `typical-p ${formatNumber(value)}`,
    repetitionPenalty: (value) => `repetição ${formatNumber(value)}`,
    noRepeatNgram: (value) => `sem repetir ${formatNumber(value)}-gramas`,
  },

  compareHint:
    'Os dois escrevem com o mesmo começo e a mesma semente, então só diferem no que você escolher aqui. O que for escrito fica com o respectivo bot.',
  notWritten: 'Nada foi escrito aqui.',

  /* Advanced */
  hints: {
    count: 'Tweets para escrever de uma vez.',
    temperature: 'Mais alta, mais surpreendente; mais baixa, mais previsível.',
    topP: 'Escolhe entre as palavras mais prováveis até somar esta probabilidade.',
    topK: 'Escolhe entre este número de palavras mais prováveis; 0 para todas.',
    minP: 'Escolhe entre as palavras com pelo menos esta fração da probabilidade da mais provável; 0 para todas.',
    typicalP:
      'Escolhe entre as palavras que surpreendem mais ou menos tanto quanto o esperado, até somar esta probabilidade; 1 para todas.',
    repetitionPenalty: 'Acima de 1, o bot se repete menos; 1 não tem efeito.',
    noRepeatNgram:
      'Nenhuma sequência deste número de tokens aparece duas vezes em um tweet; 0 permite repetição.',
    maxCharacters: 'Tweets mais longos são cortados depois de uma frase ou de uma palavra.',
    maxTokens: 'Um token é cerca de ¾ de uma palavra.',
    seed: 'A mesma semente escreve os mesmos tweets.',
    endsWithSentence: 'O que vem depois da última frase completa é cortado.',
    avoidCopies: 'Um tweet que copia quase todo um tweet real é escrito de novo, até três vezes.',
  },
  randomSeed: 'Aleatória',
  aRandomOne: 'uma aleatória',

  /* A batch */
  withoutStart: 'Sem começo',
  quoted: (start) => `“${start}”`,
  seedIs: (seed) => `semente ${seed}`,
  useAgain: 'Usar de novo',
  inForm: 'O começo, os ajustes e a semente estão no formulário.',

  /* A tweet */
  wholeCopy: 'Cópia de um tweet real',
  partlyCopied: 'Em parte, de um tweet real',
  originalDeleted: 'Esse tweet foi excluído aqui.',
  edited: 'editado',
  pinned: 'fixado',
  isKept: 'Mantido',
  isPinned: 'Fixado',
  moreLike: (start) => `Mais cinco que começam com “${start}”`,
  postHint: 'Abre x.com com este texto. Nada é enviado até você clicar aqui.',
  cantShare: 'O seu navegador não conseguiu compartilhar. Em vez disso, copie o texto.',
  pictureSaved: 'Imagem salva.',
  cantDraw: 'O seu navegador não conseguiu desenhar a imagem.',
  pictureFoot: 'Escrito por uma IA que aprendeu com tweets · Mynah',
  cancel: 'Cancelar',
  copy: 'Copiar',
  copied: 'Copiado',
  notAllowed: 'Não permitido',
  hasCopied: 'Copiado.',
  cantCopy: 'O seu navegador não permite copiar. Selecione o texto e copie manualmente.',

  /* What was just done */
  done: {
    dropped: 'Descartado.',
    changed: 'Alterado.',
    triedAgain: 'Nova tentativa feita.',
  },
  undone: {
    dropped: 'Descartado: desfeito.',
    changed: 'Alterado: desfeito.',
    triedAgain: 'Nova tentativa: desfeita.',
  },
  undo: 'Desfazer',
  dismiss: 'Dispensar',
  kept: 'Mantido.',
  noLongerKept: 'Não é mais mantido.',
  back: 'De volta entre todos os tweets.',
  pinnedToTop: 'Fixado no topo.',
  noLongerPinned: 'Não está mais fixado.',
  deleted: (count) =>
    byCount(count, {
      one: `${tweets(count)} excluído.`,
      other: `${tweets(count)} excluídos.`,
    }),

  /* The keys */
  keys: {
    next: 'próximo tweet',
    previous: 'tweet anterior',
    keep: 'mantê-lo ou deixar de mantê-lo',
    drop: 'descartá-lo',
    undo: 'desfazer',
    edit: 'editá-lo',
    copy: 'copiá-lo',
    pin: 'fixá-lo no topo',
    again: 'outra tentativa',
    more: 'mais como este',
    continue: 'continuá-lo',
    search: 'buscar',
    help: 'mostrar estas teclas',
  },

  /* The list */
  filters: { all: 'Todos', kept: 'Mantidos', dropped: 'Descartados' },
  search: 'Buscar',
  confirmDelete: (count) =>
    byCount(count, {
      one: `Excluir ${tweets(count)} descartado para sempre?`,
      other: `Excluir ${tweets(count)} descartados para sempre?`,
    }),
  delete: 'Excluir',
  stoppedEmpty: 'Parou antes de terminar qualquer coisa.',
  empty: 'O que ele escrever aparece aqui e fica com o bot.',
  noneFound: 'Nada do que ele escreveu contém estas palavras.',
  noneKept: 'Nada foi mantido ainda. Clique em “Manter” ou use a tecla S.',
  noneDropped: 'Nada foi descartado.',
  allDropped: 'Tudo foi descartado.',

  /* Downloads */
  asListed: (bold, count) => [
    bold(tweets(count)),
    ', conforme a lista abaixo. Todos os arquivos, menos o TXT, também contêm o começo, a semente e os ajustes de cada tweet.',
  ],
  copyAll: 'Copiar tudo',
  inYourTime: 'No seu fuso horário. O arquivo usa UTC.',
  chooseTime: 'Escolha um dia e uma hora.',
  hoursHint: 'De um tweet ao seguinte.',
};
