/** The cards of the models that a bot can start from: what each is like, and what it takes here. */
import { formatEstimate } from '../../estimates.ts';
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelCards: Catalogue['modelCards'] = {
  startsFrom: (bold, name) => ['ベースモデル：', bold(name)],
  recommended: 'ここでのおすすめ',
  ownDescription: 'Hubから名前や言語で選ぶか、手持ちのモデルのフォルダーを使います。',
  otherBots:
    '自分のボットにさらに教えるには、ボットの一覧の「追加学習」を押してください。エクスポートしたボットで続けるには、「ボットを開く」を押してください。',

  /* What it takes: facts in a row. */
  time: (seconds) => formatEstimate(seconds),
  memory: (bytes) => `メモリー${formatBytes(bytes)}`,
  download: (bytes) => `ダウンロード${formatBytes(bytes)}`,
  isHere: 'オフラインで使えます',
  isHereWith: (bytes) => `オフラインで使えます、${formatBytes(bytes)}`,
  adapterOnly: 'ここでは全体の学習が重すぎるため、小さなアダプターだけで学習します。',
  tooLarge: 'このコンピュータで学習するには大きすぎます。メモリーが足りません。',
  tooLong:
    'ここではとても長くかかります。グラフィックカードのあるコンピュータなら、ずっと速くなります。',
  roughly:
    '時間は、別のモデルで測った速度からの見積もりです。このモデルが手元に来たら、これで測り直します。',

  soundsLike: 'こうしたボットが書くもの',
  madeHere: 'サンプルの作者のボットがこのページで学習して書いたもの',
  quotedFrom: (link, source) => ['公開元：', link(source)],
  sources: {
    huggingtweets: 'huggingtweets（READMEにある例の冒頭）',
    woolf: 'Max Woolf（@MagicRealismBotのツイートを学んだボット）',
  },
  canAndCannot: (strong) => [
    '350万個のパラメータを持ち、著作権の切れた本で学習したモデルです。1、2分で雰囲気をつかめますが、小さいので、',
    strong('覚えるのはあなたの言葉と話題で、考えまでは覚えません。'),
    '意味の通る文を書かせるには、もっと大きなモデルを選んでください。',
  ],

  notEnglish: (language) =>
    `あなたのツイートのほとんどは${language}ですが、これらのモデルが知っているのは英語です。ツイートだけからでも単語は覚えますが、${language}の文の組み立て方はほとんど身につきません。`,
  findOther: (language) => `${language}を知っているGPT-2を探す`,
};
