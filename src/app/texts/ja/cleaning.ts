/** The options that decide which tweets a bot learns from and how their texts are cleaned up. */
import type { Catalogue } from '../catalogue.ts';

const keepOrDrop = { keep: '残す', drop: '除外' };

export const cleaning: Catalogue['cleaning'] = {
  unknownAudience: { label: '公開範囲がわからない投稿', choices: keepOrDrop },
  retweets: { label: 'リツイート', choices: keepOrDrop },
  replies: { label: 'ほかの人への返信', choices: keepOrDrop },
  quotes: { label: '引用ツイート', choices: keepOrDrop },
  duplicates: { label: '重複したツイート', choices: keepOrDrop },
  edits: { label: '編集前の古い版', choices: keepOrDrop },
  emojiOnly: { label: '絵文字だけのツイート', choices: keepOrDrop },
  links: {
    label: 'リンクのあるツイート',
    choices: { strip: 'リンクを除いて残す', drop: '除外' },
  },
  hashtags: {
    label: 'ハッシュタグ',
    choices: { keep: '残す', strip: '取り除く', drop: 'ハッシュタグのあるツイートを除外' },
  },
  mentions: {
    label: 'メンション',
    choices: {
      keep: '残す',
      'strip-leading': '返信の先頭では取り除く',
      strip: 'すべて取り除く',
    },
  },
  threads: {
    label: 'スレッド',
    choices: { apart: 'ツイートごとに1つの文章', join: 'スレッドごとに1つの文章' },
  },
  newLines: { label: '改行', choices: { space: '空白に置き換える', keep: '残す' } },
  minimumWords: { label: '最小単語数' },
  minimumLikes: { label: '最小いいね数' },
  fromMs: { label: '開始日' },
  untilMs: { label: '終了日' },
  exclude: { label: 'これらの単語を含まないツイート' },
  languages: { label: '言語' },
  shares: { label: 'アカウントごとの割合' },
};
