/** What the page says of files that were brought, and of too few tweets. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { byCount, formatCount } from '../../../format.ts';
import type { ErrorTable } from '../../error-words.ts';
import { caracteres, tweets } from '../counted.ts';

type Unreadable = ErrorDetails['archive-unreadable'];

const UNREADABLE: {
  readonly [R in Unreadable['reason']]: (details: Unreadable) => string;
} = {
  empty: ({ file }) => `“${file}” está vazio.`,
  'not-a-zip': ({ file }) => `“${file}” se chama ZIP, mas não é um.`,
  truncated: ({ file }) =>
    `“${file}” termina antes da hora, como se o download tivesse sido interrompido.`,
  damaged: ({ file }) => `“${file}” está danificado.`,
  encrypted: ({ file }) => `“${file}” está protegido por senha.`,
  'too-large': ({ file }) =>
    `“${file}”, descompactado, seria muito maior que os tweets de qualquer pessoa.`,
  packed: ({ file, packing }) =>
    packing === undefined
      ? `“${file}” está compactado, e o Mynah não consegue descompactá-lo.`
      : `“${file}” está compactado como ${packing}, e o Mynah não consegue descompactá-lo.`,
  'not-json': ({ file, line, column }) => {
    if (line === undefined) return `“${file}” está danificado.`;
    return column === undefined
      ? `“${file}” está danificado: quebra na linha ${formatCount(line)}.`
      : `“${file}” está danificado: quebra na linha ${formatCount(line)}, caractere ${formatCount(column)}.`;
  },
  encoding: ({ file }) => `“${file}” é texto em uma codificação que o Mynah não reconhece.`,
  'unknown-format': ({ file }) => `“${file}” está em um formato que o Mynah não conhece.`,
  unreadable: ({ file }) => `O seu navegador não conseguiu ler “${file}”.`,
};

const UNREADABLE_NEXT: { readonly [R in Unreadable['reason']]: string } = {
  empty: 'Escolha outro arquivo, ou baixe o seu arquivo do Twitter de novo.',
  'not-a-zip': 'Baixe-o de novo, ou descompacte-o e solte data/tweets.js.',
  truncated: 'Baixe-o de novo e solte o novo arquivo.',
  damaged: 'Baixe-o de novo, ou descompacte-o e solte data/tweets.js.',
  encrypted: 'Primeiro descompacte-o com a senha, depois solte a pasta.',
  'too-large': 'Se você confia nele, descompacte-o por conta própria e depois solte a pasta.',
  packed: 'Primeiro descompacte-o, depois solte a pasta que sair dele.',
  encoding: 'Abra-o em um editor, salve-o como UTF-8 e solte-o de novo.',
  'not-json':
    'Se você editou o arquivo, desfaça isso; se não, pegue-o de novo no seu arquivo do Twitter.',
  'unknown-format':
    'Solte o ZIP ou a pasta do seu arquivo do Twitter, o data/tweets.js dele, ou tweets em JSON, CSV ou TXT.',
  unreadable: 'Verifique se o arquivo ainda está lá e pode ser aberto, e solte-o de novo.',
};

const NO_TWEETS: {
  readonly [R in ErrorDetails['archive-no-tweets']['reason']]: (file: string) => string;
} = {
  'no-tweet-file': (file) => `“${file}” não contém nenhum arquivo com tweets.`,
  'no-tweets': (file) => `“${file}” não contém tweets.`,
  'not-needed': (file) => `“${file}” não é para tweets, por isso o Mynah não o abriu.`,
};

export const archiveErrors: ErrorTable<
  'archive-unreadable' | 'table-column-unknown' | 'archive-no-tweets' | 'dataset-too-small'
> = {
  'archive-unreadable': (details) => ({
    sentence: UNREADABLE[details.reason](details),
    nextStep: UNREADABLE_NEXT[details.reason],
  }),
  'table-column-unknown': ({ file }) => ({
    sentence: `“${file}” não tem nenhuma coluna chamada text ou tweet.`,
    nextStep:
      'Diga qual coluna contém os tweets, ou dê a ela o nome “text” e solte o arquivo de novo.',
  }),
  'archive-no-tweets': ({ file, reason }) => ({
    sentence: NO_TWEETS[reason](file),
    nextStep:
      reason === 'no-tweets'
        ? 'Solte um arquivo do Twitter com tweets seus, ou teste com o exemplo.'
        : 'Solte o seu arquivo do Twitter completo, ou o tweets.js da pasta data dele.',
  }),
  'dataset-too-small': ({ characters, neededCharacters, tweetsKept, tweetsLeftOut }) => ({
    sentence: byCount(tweetsKept, {
      one: `${tweets(tweetsKept)} com ${caracteres(characters)} não basta para aprender: são necessários pelo menos ${caracteres(neededCharacters)}.`,
      other: `${tweets(tweetsKept)} com ${caracteres(characters)} não bastam para aprender: são necessários pelo menos ${caracteres(neededCharacters)}.`,
    }),
    nextStep:
      tweetsLeftOut > 0
        ? byCount(tweetsLeftOut, {
            one: 'Mantenha o tweet que está de fora, ou adicione mais tweets.',
            other: `Mantenha alguns dos ${tweets(tweetsLeftOut)} que estão de fora, ou adicione mais tweets.`,
          })
        : 'Adicione mais tweets, ou teste com o exemplo.',
  }),
};
