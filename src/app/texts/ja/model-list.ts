/** The list of base models, and how others are added to it. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelList: Catalogue['modelList'] = {
  starter: '小さくて速いモデルです。あなたの言葉と話題を覚えます。',
  downloadPromise:
    'ダウンロードでHubに求めるのは、モデルのファイルだけです。あなたのツイートはここに残ります。',
  deleteOf: (name) => `${name}を削除`,
  confirmDownloaded: (name) =>
    `${name}を削除しますか？また使うには、ダウンロードし直す必要があります。`,
  confirmAdded: (name) => `${name}を削除しますか？また使うには、追加し直す必要があります。`,
  deleteModel: 'モデルを削除',
  pausedAt: (done) => `一時停止中：${formatBytes(done)}取得済み`,
  pausedAtOf: (done, total) => `一時停止中：${formatBytes(total)}中${formatBytes(done)}取得済み`,
  cancel: 'キャンセル',
  resume: '再開',
  download: 'ダウンロード',
  downloadBytes: (bytes) => `ダウンロード（${formatBytes(bytes)}）`,
  opening: (name) => `${name}を開いています…`,
  checked: (done, total) => `${formatBytes(total)}中${formatBytes(done)}を確認済み`,
  saved: (done, total) => `${formatBytes(total)}中${formatBytes(done)}を保存済み`,
  adding: (name) => `${name}を追加中`,

  wrongName: '「所有者/名前」の形で書くか、モデルのページのアドレスを貼り付けてください。',
  mirror: 'Hubのミラーを使う場合',
  mirrorHint:
    'そのまま使えるのはhuggingface.coだけです。ミラーを使うには、このページの運営者が許可する必要があります。空欄ならHub本体を使います。',
  wrongAddress: 'https://で始まるアドレスを入力してください。',

  fromComputer: 'このコンピュータにあるモデル',
  dropIt:
    'このコンピュータにあるものも使えます。フォルダー、ファイル、またはZIPを、Hubにあるままの形でここにドロップしてください。',
  chooseFiles: 'ファイルかZIPを選ぶ',
  chooseFolder: 'フォルダーを選ぶ',
};
