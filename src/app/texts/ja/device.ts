/** The dialogs of the footer: what left this page, and what is known of the device. */
import { formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const device: Catalogue['device'] = {
  /* What left this page */
  asking: 'ブラウザに問い合わせています…',
  nothing: '何もありません',
  requestsTo: (requests, addresses) =>
    `ほかの${formatCount(addresses)}か所のアドレスへのリクエスト${formatCount(requests)}件`,
  onlyOwn: (since, host) =>
    `${since}にこのページを開いてから、リクエストの送り先は自分のアドレス（${host}）だけで、自分のファイルを取得するためだけのものでした。`,
  alsoOthers: (since, hosts) =>
    `${since}にこのページを開いてから、${hosts}にもリクエストを送りました。こうしたリクエストは必要なファイルの名前を伝えるもので、あなたのデータは何も含みません。大きなファイルの場合、Hubはブラウザをファイルサーバーへ転送しますが、ブラウザはそれを記録しません。`,
  silent: {
    page: 'ページが応答しないため、そのリクエストはこの一覧にありません。',
    engine: 'エンジンが応答しないため、そのリクエストはこの一覧にありません。',
    'service worker': 'Service Workerが応答しないため、そのリクエストはこの一覧にありません。',
  },
  toOthers: 'ほかのアドレスへのリクエスト',
  toOwn: 'このページ自身のアドレスへのリクエスト',
  countToOwn: (count) => `このページ自身のアドレスへのリクエスト${formatCount(count)}件`,
  recordsAre:
    'これらは、ページとエンジン、そして最後に起動してからのService Workerのリクエストを、ブラウザ自身が記録したものです（アイコンとService Workerのスクリプトは、ブラウザが自分で取得するため記録しません）。ページのセキュリティポリシーにより、ブラウザはHugging Face Hub以外のアドレスをすべて拒否します。',
  isOffline: 'このコンピュータは今オフラインですが、ページは動いています。',
  disconnect:
    'ページの言葉をそのまま信じる必要はありません。ネットワークを切断してから、学習させ、書かせてみてください。すべて動きます。',
  whenReady:
    'フッターに「オフラインで使えます」と表示されたら、ネットワークを切断しても、すべて動きます。',
  purposes: {
    page: 'ページ自体',
    script: 'スクリプト',
    wasm: 'WebAssemblyファイル',
    style: 'スタイルシート',
    picture: 'アイコン',
    starter: 'スターターモデル',
    ready: '付属のボット',
    sample: 'サンプルのツイート',
    hub: 'あなたがダウンロードを選んだモデル',
    unknown: '目的不明',
  },
  requestedBy: {
    page: 'ページによるリクエスト',
    engine: 'エンジンによるリクエスト',
    'service worker': 'Service Workerによるリクエスト',
  },
  sizeUnknown: 'サイズ不明',
  fromCache: 'キャッシュから',
  received: (bytes) => `${formatBytes(bytes)}受信`,

  /* About this device */
  copied: 'コピーしました。あなたやツイートに関する情報は含まれていません。',
  cantCopy: 'ブラウザがコピーを許可していません。代わりにテキストを選択してください。',
  groups: {
    compute: '計算に使うもの',
    gpu: 'グラフィックカード',
    memory: 'メモリーとストレージ',
    browser: 'ブラウザ',
  },
  noAnswer: '不明（エンジンが応答しません）',
  notKnown: '不明',
  yes: 'はい',
  no: 'いいえ',
  none: 'なし',
  facts: {
    now: '現在',
    adapter: 'アダプター',
    available: 'ほかに使えるもの',
    processor: 'プロセッサ',
    speed: '測定した速度',
    features: '機能',
    kernels: 'カーネル',
    selfTest: '自己診断',
    computer: 'コンピュータ',
    usedOnCard: 'グラフィックカードでの使用量',
    needed: '予定の学習に必要な量',
    storage: 'ストレージ',
    persistent: '永続ストレージ',
    browser: 'ブラウザ',
    isolated: '分離（スレッド）',
    fileSystem: 'プライベートファイルシステム',
    locks: 'タブ間のロック',
    offline: 'オフラインで使えるか',
  },
  notStarted: 'なし（エンジンが起動していません）',
  threads: (count) => `${formatCount(count)}スレッド`,
  threadsComputing: (count, computing) =>
    `${formatCount(count)}スレッド、うち${formatCount(computing)}スレッドが計算`,
  notMeasured: '未測定',
  speedOf: (speed, parameters, mode, blockLength) =>
    `${speed}（${parameters}パラメータのモデルの学習、${mode}、${formatCount(blockLength)}トークンのブロック）`,
  noAdapter: 'ブラウザがアダプターを提供していません',
  simulated: (adapter) => `${adapter}（ソフトウェアによる再現）`,
  hardware: (adapter) => `${adapter}（ハードウェア）`,
  noSelfTest: 'なし（グラフィックカードで計算していません）',
  passed: (milliseconds, dispatches, gflop) =>
    `合格：${formatCount(milliseconds)}ミリ秒、${gflop} GFLOPのディスパッチ${formatCount(dispatches)}回`,
  browserSilent: 'ブラウザからは不明',
  atLeast: (gibibytes) => `${formatCount(gibibytes)} GiB以上`,
  usesNothing: 'なし',
  about: (bytes) => `約${formatBytes(bytes)}`,
  usedOf: (used, quota) => `${formatBytes(quota)}中${formatBytes(used)}を使用`,
  notPersistent: 'いいえ：ディスクがいっぱいになると、ブラウザがすべてを削除することがあります',
};
