/** How sure the bot was of each word of a tweet, what it could have written instead, and what it attended to. */
import { formatCount, formatNumber, formatRough } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const certainty: Catalogue['certainty'] = {
  open: '自信の度合い',
  close: '閉じる',
  region: 'ボットの自信の度合い',
  words: 'ツイートの単語',
  asking: 'ボットが自分のツイートを読み直しています…',
  summary: (chances) =>
    `平均すると、同じくらいありそうな約${formatRough(chances)}個のトークンから選んだのと同じです。単語を選ぶと、そこに書けたほかの候補を見られます。`,
  summaryOfNothing: '単語を選ぶと、そこに書けたほかの候補を見られます。',
  tooLong: 'ツイートがこのモデルの読める長さを超えているため、終わりの部分はここにありません。',
  legend: '単語の意外さ',
  levels: [
    '2回に1回より多い',
    '10回に1回まで',
    '100回に1回まで',
    '1,000回に1回まで',
    'それよりまれ',
  ],
  endOfTweet: 'ツイートの終わり',
  startOfTweet: 'ツイートの始まり',
  partOfCharacter: '文字の一部',
  space: '空白',
  lineBreak: '改行',
  yours: 'あなたが書き出しとして渡した部分です。',
  firstChoice: (chance, bits) =>
    `${chance}：第1候補でした。意外さは${formatRough(bits)}ビットです。`,
  laterChoice: (chance, rank, bits) =>
    `${chance}：第${formatCount(rank)}候補でした。意外さは${formatRough(bits)}ビットです。`,
  manyTokens: (count, chance) =>
    `ボットはこれを${formatCount(count)}個のトークンで書きます。合わせて${chance}です。`,
  caption: 'ここに書けたもの',
  token: 'トークン',
  probability: '確率',
  withSettings: '設定を適用後',
  written: '書いたもの',
  ruledOut: '対象外',
  never: (chance) => `${chance}未満`,
  note: '確率はモデルそのものの値で、温度1のときのものです。その隣は、このツイートを書いたときの設定を適用した後の確率です。どちらも、今の本文から今のボットで計算しています。',
  attention: '注目した箇所',
  layer: '層',
  head: 'ヘッド',
  mean: '全体の平均',
  number: (number) => formatNumber(number),
  attentionNote:
    'このトークンを選んだときのアテンションが、それより前の部分にどう分かれていたかを、選んだ層とヘッドの平均で示します。ボットがどこを見たかはわかりますが、なぜ選んだかはわかりません。',
  share: 'アテンションの割合',
};
