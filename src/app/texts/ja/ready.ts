/** The ready-made bot that comes with the page: in the first screen, and among the bots. */
import type { Catalogue } from '../catalogue.ts';

export const ready: Catalogue['ready'] = {
  title: '試してみる',
  about:
    '架空の作者（遺失物係の鳥）の英語のツイートで学習した、すぐに使えるボットです。あなたのコンピュータで動きます。小さいので、ツイートの形は知っていますが、世の中のことは知りません。',
  badge: '付属',
  placeholder: '書き出しを英語で入力（空欄でもかまいません）',
  /** Beginnings of a tweet in the language that the bot knows, which is English. */
  starts: ['My dream is', 'I think', 'Today', 'Nobody'],
  write: '書く',
  stopping: '止めています…',
  teach: '次はあなたらしさを教える',
  moreSettings: 'その他の設定',
  opening: 'ボットを開いています…',
  engineStarts: 'エンジンを起動しています…',
  noEngine: 'エンジンが動いていない間は書けません。理由はページの上部に書かれています。',
  status: 'お試し用として、ページに付属しています。',
  isBack: '付属のボットを元に戻しました。',
};
