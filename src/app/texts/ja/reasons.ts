/** Why a tweet isn't used, as it is said of one tweet, and of all tweets that are left out for it. */
import type { Catalogue } from '../catalogue.ts';

export const reasons: Catalogue['reasons'] = {
  'by-hand': { one: '手動', all: '手動' },
  audience: { one: '公開範囲が不明', all: '公開範囲がわからない投稿' },
  retweet: { one: 'リツイート', all: 'リツイート' },
  reply: { one: '返信', all: '返信' },
  quote: { one: '引用', all: '引用' },
  edited: { one: '古い版', all: '古い版' },
  date: { one: '期間外', all: '期間外' },
  language: { one: 'ほかの言語', all: 'ほかの言語' },
  likes: { one: 'いいね不足', all: 'いいねが少ない' },
  link: { one: 'リンクあり', all: 'リンクあり' },
  hashtag: { one: 'ハッシュタグあり', all: 'ハッシュタグあり' },
  excluded: { one: '除外した単語', all: '除外した単語あり' },
  emoji: { one: '絵文字だけ', all: '絵文字だけ' },
  short: { one: '短い', all: '短い' },
  duplicate: { one: '重複', all: '重複' },
};
