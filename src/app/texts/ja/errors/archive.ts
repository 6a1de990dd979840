/** What the page says of files that were brought, and of too few tweets. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatCount } from '../../../format.ts';
import type { ErrorTable } from '../../error-words.ts';

type Unreadable = ErrorDetails['archive-unreadable'];

const UNREADABLE: {
  readonly [R in Unreadable['reason']]: (details: Unreadable) => string;
} = {
  empty: ({ file }) => `「${file}」は空です。`,
  'not-a-zip': ({ file }) => `「${file}」は名前がZIPですが、ZIPファイルではありません。`,
  truncated: ({ file }) => `「${file}」は、ダウンロードが途切れたように、途中で終わっています。`,
  damaged: ({ file }) => `「${file}」は壊れています。`,
  encrypted: ({ file }) => `「${file}」はパスワードで保護されています。`,
  'too-large': ({ file }) => `「${file}」は、展開するとツイートとは思えないほど大きくなります。`,
  packed: ({ file, packing }) =>
    packing === undefined
      ? `「${file}」は圧縮されていますが、Mynahはこの形式を展開できません。`
      : `「${file}」は${packing}で圧縮されていますが、Mynahはこの形式を展開できません。`,
  'not-json': ({ file, line, column }) => {
    if (line === undefined) return `「${file}」は壊れています。`;
    return column === undefined
      ? `「${file}」は${formatCount(line)}行目で壊れています。`
      : `「${file}」は${formatCount(line)}行目の${formatCount(column)}文字目で壊れています。`;
  },
  encoding: ({ file }) => `「${file}」の文字コードをMynahは判別できません。`,
  'unknown-format': ({ file }) => `「${file}」はMynahが知らない形式です。`,
  unreadable: ({ file }) => `ブラウザが「${file}」を読めませんでした。`,
};

const UNREADABLE_NEXT: { readonly [R in Unreadable['reason']]: string } = {
  empty: '別のファイルを選ぶか、アーカイブをダウンロードし直してください。',
  'not-a-zip': 'アーカイブをダウンロードし直すか、展開してdata/tweets.jsをドロップしてください。',
  truncated: 'ダウンロードし直して、新しいファイルをドロップしてください。',
  damaged: 'ダウンロードし直すか、展開してdata/tweets.jsをドロップしてください。',
  encrypted: '先にパスワードを使って展開し、そのフォルダーをドロップしてください。',
  'too-large': '信頼できるものなら自分で展開して、そのフォルダーをドロップしてください。',
  packed: '先に展開し、できたフォルダーをドロップしてください。',
  encoding: 'エディターで開いてUTF-8で保存し、もう一度ドロップしてください。',
  'not-json':
    'ファイルを編集した場合は元に戻してください。そうでなければ、アーカイブから取り出し直してください。',
  'unknown-format':
    'アーカイブのZIPファイルかフォルダー、その中のdata/tweets.js、またはJSON・CSV・TXT形式のツイートをドロップしてください。',
  unreadable:
    'ファイルがまだそこにあり、開くことができるか確かめてから、もう一度ドロップしてください。',
};

const NO_TWEETS: {
  readonly [R in ErrorDetails['archive-no-tweets']['reason']]: (file: string) => string;
} = {
  'no-tweet-file': (file) => `「${file}」にはツイートのファイルがありません。`,
  'no-tweets': (file) => `「${file}」にはツイートがありません。`,
  'not-needed': (file) => `「${file}」はツイート用ではないため、Mynahは開いていません。`,
};

export const archiveErrors: ErrorTable<
  'archive-unreadable' | 'table-column-unknown' | 'archive-no-tweets' | 'dataset-too-small'
> = {
  'archive-unreadable': (details) => ({
    sentence: UNREADABLE[details.reason](details),
    nextStep: UNREADABLE_NEXT[details.reason],
  }),
  'table-column-unknown': ({ file }) => ({
    sentence: `「${file}」にはtextまたはtweetという列がありません。`,
    nextStep:
      'ツイートがどの列にあるかを指定するか、列名を「text」にして、もう一度ドロップしてください。',
  }),
  'archive-no-tweets': ({ file, reason }) => ({
    sentence: NO_TWEETS[reason](file),
    nextStep:
      reason === 'no-tweets'
        ? '自分のツイートが入ったアーカイブをドロップするか、サンプルを試してください。'
        : 'アーカイブ全体か、そのdataフォルダーにあるtweets.jsをドロップしてください。',
  }),
  'dataset-too-small': ({ characters, neededCharacters, tweetsKept, tweetsLeftOut }) => ({
    sentence: `${formatCount(tweetsKept)}件のツイート、合計${formatCount(characters)}文字では学習に足りません。少なくとも${formatCount(neededCharacters)}文字必要です。`,
    nextStep:
      tweetsLeftOut > 0
        ? `除外した${formatCount(tweetsLeftOut)}件のツイートの一部を残すか、ツイートを追加してください。`
        : 'ツイートを追加するか、サンプルを試してください。',
  }),
};
