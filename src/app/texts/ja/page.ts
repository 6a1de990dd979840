/** The page around the three steps: header, footer, and what is said when something is missing. */
import { formatBytes, formatCount, formatProgress } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const page: Catalogue['page'] = {
  title: 'Mynah：あなたらしいツイートを鳥に教えましょう',
  titleInTraining: (share) => `${formatProgress(share)}学習済み · Mynah`,
  heroTitle: 'あなたらしいツイートを鳥に教えましょう',
  hero: 'Twitterのアーカイブを渡すと、このページの中、あなたのコンピュータの上であなたの書き方を学び、新しいツイートを書きます。オフラインでも動きます。',
  trainedElsewhere: 'ほかの場所で学習したボットがありますか？',

  themes: { system: 'システムの設定', light: 'ライト', dark: 'ダーク' },

  /* Steps 2 and 3 in one line. */
  trainWaiting: '小さなGPT-2が、このコンピュータであなたの書き方を学びます。',
  trained: (steps) => `${formatCount(steps)}ステップ学習済み`,
  trainedWithLoss: (steps, first, last) =>
    `${formatCount(steps)}ステップ学習済み、損失 ${first} → ${last}`,

  writeWaiting:
    'あなたのボットが、あなたの口ぶりで新しいツイートを書きます。オフラインでも動きます。',
  writeInTraining: '学習が終わると使えます。先に書かせたいときは、学習を一時停止してください。',

  readyOffline: 'オフラインで使えます',
  notOffline: 'このブラウザはページを保存しないため、次に開くときもネットワークが必要です',
  tweetsStay: 'ツイートはこのコンピュータから出ません',
  storageUnknown: 'このブラウザでは保存量がわかりません',
  stored: (used, quota) => `${formatBytes(quota)}中${formatBytes(used)}を使用`,
  downloading: (model) => `${model}をダウンロード中`,
  downloadingShare: (model, share) => `${model}をダウンロード中、${formatProgress(share)}`,
  licences: 'ライセンス',
  languageMissing:
    'その言語を読み込めませんでした。ネットワークに接続して、もう一度選んでください。',
  update: '新しいバージョンのMynahがあります。',
  updateOtherTab:
    '新しいバージョンのMynahがあります。ほかのタブの作業が終わると、再読み込みできます。',
  updateWhenDone: '新しいバージョンのMynahがあります。この作業が終わると、再読み込みできます。',
  reload: '再読み込み',
  reloadPage: 'ページを再読み込み',

  partMissing: 'ページのこの部分を読み込めませんでした。',
  tryAgain: 'もう一度試す',

  oneTabAssumed: (strong) => [
    strong('このブラウザでは、Mynahが別のタブで開いているかどうかを確かめられません。'),
    '1つのタブだけで使ってください。2つ開くと、互いの作業を消してしまいます。',
  ],
  notKept: 'それでもすべて使えますが、保存されるのはこのページを開いている間だけです。',
  saveBeforeClosing: (strong, emphasis) => [
    strong('閉じる前に、ボットをファイルに保存してください'),
    '（ボットの一覧にある',
    emphasis('エクスポート'),
    'を使います）。',
  ],
  outdated: 'このMynahは新しいバージョンに置き換えられました。',
  outdatedReload:
    'このページの一部はもう読み込めません。保存したものは無事です。ページを再読み込みして、新しいバージョンで続けてください。',
  outdatedTraining: 'ボットの学習は先に一時停止され、あとで続けられます。',
  cleared: 'ボットの学習中に、このサイトの保存データが消去されました。',
  clearedRest:
    'ほかのボット、ツイート、モデルは失われました。学習中のボットとそのツイートはメモリーに残っていたので保存し直しました。学習は続いています。',
  elsewhere: 'Mynahは別のタブで開いています。',
  elsewhereNext: 'そちらで続けるか、そのタブを閉じてからここでもう一度試してください。',
  waking: '鳥を起こしています…',
  wakingWhy: 'まだ別のタブで作業中かもしれません。',
  insecure: 'Mynahには安全なアドレスが必要です。',
  insecureRest: (code) => [
    '暗号化されない',
    code('http://'),
    'で開かれましたが、そこではツイートとボットの保存に必要な機能をブラウザが使わせません。',
    code('https://'),
    'で始まるアドレスで開くか、配信しているコンピュータ上で',
    code('http://localhost'),
    'として開いてください。',
  ],
};
