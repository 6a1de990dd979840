/** Step 1: the tweets. What is loaded with its charts, filters and list is in `explorer.ts`. */
import { byCount, formatBytes, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { caracteres, palavras, textos, tweets } from './counted.ts';

export const data: Catalogue['data'] = {
  tweets,
  tweetsKept: (count) =>
    byCount(count, {
      one: `${tweets(count)} mantido`,
      other: `${tweets(count)} mantidos`,
    }),
  learnedFrom: (count) =>
    byCount(count, {
      one: `aprendeu com ${tweets(count)}, já excluído`,
      other: `aprendeu com ${tweets(count)}, já excluídos`,
    }),
  learnedDeleted: 'Estes tweets foram excluídos aqui; o bot guarda o que aprendeu.',
  learnedChanged: (kept) =>
    byCount(kept, {
      one: `Foi com isto que o bot foi treinado. Os tweets dele mudaram desde então: agora é mantido ${tweets(kept)}.`,
      other: `Foi com isto que o bot foi treinado. Os tweets dele mudaram desde então: agora são mantidos ${tweets(kept)}.`,
    }),
  learnThem: 'Para treinar o bot com eles, clique em “Treinar mais” em “Seus bots”.',

  dropTitle: 'Solte aqui o seu arquivo do Twitter',
  dropFormats: 'o ZIP como você recebeu, a pasta dele, ou tweets em JSON, CSV ou texto simples',
  dropPromise: 'Nada do que você solta aqui sai deste computador.',
  dropHere: 'Solte, e o pássaro lê tudo',
  chooseFiles: 'Escolher arquivos',
  chooseFolder: 'Escolher uma pasta',

  helpTitle: 'Como consigo o meu arquivo do Twitter?',
  helpOpen: (bold) => [
    'No X, abra ',
    bold('Configurações e privacidade'),
    ', depois ',
    bold('Sua conta'),
    ' e então ',
    bold('Baixar um arquivo dos seus dados'),
    '.',
  ],
  helpRequest: (bold) => [
    'Confirme que é você e clique em ',
    bold('Solicitar arquivo'),
    '. O X leva mais ou menos um dia para prepará-lo.',
  ],
  helpDownload: 'Quando o X avisar que está pronto, baixe o ZIP e solte-o aqui.',
  helpFiles: (bold) => [
    'Não é preciso descompactá-lo, por maior que seja: o Mynah lê os seus tweets direto dele e nunca abre as suas mensagens, os seus contatos ou as suas mídias, a não ser a foto do perfil. Você também pode soltar a pasta em que o descompactou, ou o ',
    bold('data/tweets.js'),
    ' dela junto com ',
    bold('tweets-part1.js'),
    ' e os seguintes, se houver. Arquivos de qualquer ano servem, e também as exportações do Mastodon e do Bluesky, o que o seu navegador gravou enquanto você rolava o seu perfil (',
    bold('.har'),
    ') e vários deles de uma vez. O que está ao lado de um arquivo do Twitter não é lido.',
  ],
  withHidden: 'Ler também os tweets que excluí há pouco tempo e os que nunca foram públicos',

  phases: {
    opening: 'Abrindo',
    reading: 'Lendo',
    cleaning: 'Arrumando',
    saving: 'Salvando',
  },
  importing: {
    opening: (files) => ['Abrindo ', files],
    reading: (files) => ['Lendo ', files],
    cleaning: (files) => ['Arrumando ', files],
    saving: (files) => ['Salvando ', files],
  },
  bytesOf: (done, total) => `${formatBytes(done)} de ${formatBytes(total)}`,
  filesAndOthers: (names, others) =>
    byCount(others, {
      one: `${names} e mais ${formatCount(others)}`,
      other: `${names} e mais ${formatCount(others)}`,
    }),
  quoted: (name) => `“${name}”`,

  missingPart: (file, expected) =>
    expected === null
      ? `Falta “${file}”, que contém tweets. Se você o deixou de fora, solte todas as partes de uma vez; se não, baixe o arquivo do Twitter de novo.`
      : `Falta “${file}”, com ${tweets(expected)}. Se você o deixou de fora, solte todas as partes de uma vez; se não, baixe o arquivo do Twitter de novo.`,
  countMismatch: (file, found, expected) =>
    `“${file}” contém ${tweets(found)}, mas a lista do próprio arquivo do Twitter diz ${formatCount(expected)}. Se você não o alterou, baixe-o de novo.`,
  duplicatePart: (file) => `“${file}” aparece mais de uma vez: foi lido o último.`,
  repeatedTweets: (count) =>
    byCount(count, {
      one: `${tweets(count)} apareceu mais de uma vez e foi lido uma vez só.`,
      other: `${tweets(count)} apareceram mais de uma vez e foram lidos uma vez só.`,
    }),
  filesLeft: (count, groups, more) => {
    const others =
      more === 0
        ? ''
        : byCount(more, {
            one: ` e mais ${formatCount(more)} arquivo`,
            other: ` e mais ${formatCount(more)} arquivos`,
          });
    return count === 1
      ? `Um arquivo não foi lido: ${groups.join('; ')}${others}.`
      : byCount(count, {
          one: `${formatCount(count)} arquivo não foi lido: ${groups.join('; ')}${others}.`,
          other: `${formatCount(count)} arquivos não foram lidos: ${groups.join('; ')}${others}.`,
        });
  },
  leftGroup: (files, reason) => `${files} (${reason})`,
  leftReasons: {
    empty: 'vazio',
    'not-a-zip': 'não é um ZIP, embora tenha esse nome',
    truncated: 'termina antes da hora, como se o download tivesse sido interrompido',
    damaged: 'danificado',
    'not-json': 'danificado',
    encrypted: 'protegido por senha: descompacte-o antes',
    'too-large': 'descompactado, seria muito maior que os tweets de qualquer pessoa',
    packed: 'compactado de um jeito que o Mynah não consegue abrir: descompacte-o antes',
    encoding: 'em uma codificação que o Mynah não reconhece: salve-o como UTF-8',
    'unknown-format': 'em um formato que o Mynah não conhece',
    unreadable: 'o seu navegador não consegue abri-lo',
    'no-tweets': 'não contém tweets',
    'not-tweets': 'não é para tweets',
    'beside-archive':
      'ao lado de um arquivo do Twitter, só esse arquivo é lido: adicione-o depois se contiver tweets',
    'bot-or-model': 'é um bot ou um modelo, e é aberto como tal',
    'no-text-column': 'nenhuma das colunas se chama text ou tweet',
    'too-many': 'são mais do que o Mynah lê de uma vez',
  },
  moreWarnings: (count) =>
    byCount(count, {
      one: `E mais ${formatCount(count)} arquivo assim.`,
      other: `E mais ${formatCount(count)} arquivos assim.`,
    }),

  columnQuestion: 'Qual coluna contém os tweets?',
  columnQuestionOf: (file) => `Qual coluna de “${file}” contém os tweets?`,
  column: (number) => `Coluna ${formatCount(number)}`,

  noneAdded: 'Nenhum tweet era novo.',
  added: (count) =>
    byCount(count, {
      one: `${formatCount(count)} tweet novo adicionado.`,
      other: `${formatCount(count)} tweets novos adicionados.`,
    }),
  thereAlready: (count) =>
    byCount(count, {
      one: `${tweets(count)} já estava aqui.`,
      other: `${tweets(count)} já estavam aqui.`,
    }),
  lengthened: (count) =>
    byCount(count, {
      one: `${tweets(count)} agora tem mais texto.`,
      other: `${tweets(count)} agora têm mais texto.`,
    }),
  learnNewToo:
    'Para treinar um bot também com os tweets novos, clique em “Treinar mais” em “Seus bots”.',
  sameAccount: (strong, account) => [
    strong(`Você já tem tweets de @${account} aqui.`),
    ' Estes ficam separados deles até você juntar os dois. Um tweet que está nos dois conta uma vez só.',
  ],

  countsOfAll: 'No total',
  counts: {
    read: 'Tweets lidos',
    retweets: 'Retweets',
    short: 'Tweets curtos',
    other: 'Outros de fora',
    kept: 'Tweets mantidos',
  },
  countedUsually:
    'Retweets são palavras de outra pessoa e tweets com menos de três palavras dizem muito pouco, por isso o pássaro não aprende com eles.',
  countedOwn: 'Contados com os seus próprios filtros.',
  threadsJoined: (count) =>
    byCount(count, {
      one: `As threads estão unidas e formam ${textos(count)}.`,
      other: `As threads estão unidas e formam ${textos(count)}.`,
    }),
  damagedEntries: (count) =>
    byCount(count, {
      one: `${formatCount(count)} entrada do arquivo não pôde ser lida como tweet e foi ignorada.`,
      other: `${formatCount(count)} entradas do arquivo não puderam ser lidas como tweets e foram ignoradas.`,
    }),

  shares: 'O quanto o bot puxa a cada conta',
  sharesHint:
    'Quem escreveu menos é lido mais vezes, para que todos tenham o mesmo peso. Mova um controle deslizante para mudar isso.',
  shareOf: (share) => `${formatPercent(share)} do que o bot lê`,

  little: (strong, characters, comfortable) => [
    strong(`É pouco para aprender: ${caracteres(characters)}.`),
    ` Com menos de ${formatCount(comfortable)}, o pássaro pode decorar alguns tweets e repeti-los.`,
  ],
  noneKept: 'Nenhum tweet é mantido ainda.',
  notEnough: (characters) => `Não basta para aprender: ${caracteres(characters)}.`,
  needed: (characters) =>
    byCount(characters, {
      one: `É necessário pelo menos ${caracteres(characters)}.`,
      other: `São necessários pelo menos ${caracteres(characters)}.`,
    }),
  keepSome: (leftOut) =>
    byCount(leftOut, {
      one: `${tweets(leftOut)} está de fora. Mantenha-o ou adicione mais tweets.`,
      other: `${tweets(leftOut)} estão de fora. Mantenha alguns ou adicione mais tweets.`,
    }),
  addMore: 'Adicione mais tweets.',
  leftOut: 'O que fica de fora',
  keepThem: 'Mantê-los',
  keepThemOf: (reason) => `Mantê-los: ${reason}`,
  shortReason: (minimumWords) =>
    `Curtos (menos de ${palavras(minimumWords)}, sem contar links, menções e hashtags)`,
  nothingButLinks: 'Nada além de links',

  confirmDelete: (count, name) =>
    byCount(count, {
      one: `Excluir ${tweets(count)} de ${name}? Todas as cópias neste navegador serão excluídas, inclusive as guardadas para o treinamento. Os bots treinados com ele ficam e continuam podendo escrever, mas não poderão mais ser treinados.`,
      other: `Excluir os ${tweets(count)} de ${name}? Todas as cópias neste navegador serão excluídas, inclusive as guardadas para o treinamento. Os bots treinados com eles ficam e continuam podendo escrever, mas não poderão mais ser treinados.`,
    }),
  useOthers: 'Usar outros tweets',
  savedFormats: { txt: 'texto', jsonl: 'JSON Lines' },
  datasetOption: (name, added) => `${name}, ${added}`,
};
