/** What the page says of a download that failed: from the Hub, or from the page's own site. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatDuration } from '../../../format.ts';
import { type ErrorTable, type WordsBy, wordsBy } from '../../error-words.ts';

const DOWNLOAD: WordsBy<'reason', ErrorDetails['model-download']> = {
  'not-found': ({ repository }) => [
    `Hubに「${repository}」というモデルはありません。`,
    '名前を確かめてください。モデルのページのアドレスの末尾にある「所有者/名前」です。',
  ],
  private: ({ repository }) => [
    `Hubは「${repository}」を一般に公開していません。非公開か、アカウントが必要か、存在しないかのいずれかです。`,
    '名前を確かめてください。閲覧できるモデルなら、自分でファイルをダウンロードして、ここにドロップしてください。',
  ],
  'no-gpt2': ({ repository, file }) => [
    file === undefined
      ? `「${repository}」はMynahが使えるGPT-2ではありません。`
      : `「${repository}」はMynahが使えるGPT-2ではありません（${file}で判断しました）。`,
    'ページにGPT-2と書かれたモデルを選んでください。例えばhuggingtweetsのモデルです。',
  ],
  'not-the-hub': ({ repository }) => [
    `「${repository}」のファイルの代わりにウェブページが返されたため、応答したのはHubではありません。`,
    'ネットワークへのログインが必要なら、先に済ませてください。そうでなければ、Hubのアドレスを確かめてください。その後、もう一度試してください。',
  ],
  'rate-limited': ({ retryAfterSeconds }) => [
    'このネットワークからHubへの問い合わせが多すぎました。',
    retryAfterSeconds === undefined
      ? '数分後にもう一度試してください。続きから再開します。'
      : `${formatDuration(retryAfterSeconds)}後にもう一度試してください。続きから再開します。`,
  ],
  offline: [
    'Hubに接続できません。',
    '接続を確かめてから、もう一度試してください。続きから再開します。',
  ],
  'not-allowed': [
    'このページはそのアドレスに問い合わせできません。ページの決まりで許可されているのはHubのホストだけです。',
    'Hubのアドレスを元に戻すか、このページの運営者にミラーを許可してもらってください。',
  ],
  server: ({ status }) => [
    status === undefined
      ? 'Hubに問題が起きています。'
      : `Hubに問題が起きています（応答：${status}）。`,
    '数分後にもう一度試してください。続きから再開します。',
  ],
  stalled: [
    'ダウンロードの途中でHubが応答しなくなりました。',
    '接続を確かめてから、もう一度試してください。続きから再開します。',
  ],
  truncated: ({ file }) => [
    file === undefined
      ? 'Hub上のファイルが途中で終わっています。'
      : `Hub上の「${file}」が途中で終わっています。`,
    'あとでもう一度試してください。変わらなければ、Hub上のモデルが壊れています。',
  ],
  damaged: ({ file }) => [
    file === undefined
      ? '届いたファイルが壊れていたため、破棄しました。'
      : `届いた「${file}」が壊れていたため、破棄しました。`,
    'もう一度試してください。そのファイルだけを取得し直します。',
  ],
  changed: ({ repository }) => [
    `取得している間に、Hub上の「${repository}」が何度も変わっています。`,
    '数分後にもう一度試してください。',
  ],
};

export const downloadErrors: ErrorTable<'model-download' | 'site-download'> = {
  'site-download': ({ file, status }) => ({
    sentence:
      status === undefined
        ? `「${file}」を読み込めませんでした。`
        : `「${file}」を読み込めませんでした（サーバーの応答：${status}）。`,
    nextStep: '接続を確かめてから、もう一度試してください。',
  }),
  'model-download': wordsBy('reason', DOWNLOAD),
};
