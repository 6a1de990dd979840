/** The filters, charts and list of tweets of step 1. */
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const explorer: Catalogue['explorer'] = {
  counting: '数えています…',
  leaveOut: '除外するもの',
  withHashtags: 'ハッシュタグのあるツイート',
  keepOnly: '次のものだけ残す',
  minimumWordsHint: 'リンク、メンション、ハッシュタグは数えません。',
  firstTweet: (day) => `最初のツイートは${day}です。`,
  lastTweet: (day) => `最後のツイートは${day}です。`,
  excludeHint:
    '単語は半角コンマで区切ってください。「仕事*」のように、アスタリスクは任意の文字を表します。',
  textCleanup: '文章の整え方',
  linksRemoved: 'リンクは常に取り除きます。ボットにはでたらめなリンクしか作れないためです。',
  unknownLanguage: '不明',

  read: '読んだ数',
  kept: '使う数',
  size: (tokens, texts) => `${formatCount(texts)}個の文章で約${formatCount(tokens)}トークンです。`,
  takes: (time) => `下の設定で学習すると、このコンピュータでの所要時間は${time}です。`,
  usedWords: 'よく使う単語',
  usedHashtags: 'よく使うハッシュタグ',
  byMonth: '月ごとのツイート',
  months: (first, last, busiest, peak) =>
    `月ごとのツイート。${first}から${last}まで。最多は${busiest}の${formatCount(peak)}件`,
  busiest: (month, peak) => `最多は${month}：${formatCount(peak)}件`,
  lengths: '使うツイートの長さ（トークン数）',
  lengthsLabel: (peak, range) =>
    `使うツイートの長さ（トークン数）。最多は${range}：${formatCount(peak)}個`,
  commonLength: (range) => `最多は${range}`,
  lengthRange: (first, last) => `${formatCount(first)}～${formatCount(last)}`,
  andMore: (count) => `${formatCount(count)}以上`,
  keptWith: (hidden, kept) => [formatCount(kept), hidden('件を使用')],
  ofRead: (hidden, read) => [` / ${formatCount(read)}`, hidden('件を読み込み')],

  noneOfKind: 'この種類のツイートはありません。',
  noneWith: (words) => `「${words}」を含むツイートはここにありません。`,
  found: (count) => `ツイート${formatCount(count)}件`,
  foundWith: (count, words) => `「${words}」を含むツイート${formatCount(count)}件`,
  which: '表示するツイート',
  all: 'すべて',
  keptOnes: '使うもの',
  leftOutOnes: '除外',
  nothingButLinks: 'リンクだけ',
  keptByHand: '手動で残したもの',
  decide: { undo: 'フィルターに任せる', keep: '残す', drop: '除外' },
  decideOn: {
    undo: (tweet) => `フィルターに任せる：${tweet}`,
    keep: (tweet) => `残す：${tweet}`,
    drop: (tweet) => `除外：${tweet}`,
  },
};
