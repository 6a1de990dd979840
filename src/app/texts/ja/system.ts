import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived:
    'Mynahが読めるものは届きませんでした。もう一度共有するか、ここでファイルを選んでください。',

  /* The end of a training that isn't looked at: the bot's name */
  isTrained: (name) => `${name}の学習が終わりました`,
  hasStopped: (name) => `${name}の学習が止まりました`,
  canWriteNow: 'もうツイートを書けます。',
  lookWhy: '理由はページを開いて確かめてください。',
  tellingDenied:
    'ブラウザがこのページからの通知を許可していません。ブラウザのサイト設定で変更できます。',

  /* A connection that may cost money */
  metered: (name, bytes) =>
    bytes === null
      ? `この接続は従量制の可能性があり、${name}の大きさはまだわかりません。500 MBを超えるモデルも多くあります。`
      : `この接続は従量制の可能性があり、${name}のダウンロードは${formatBytes(bytes)}です。`,
  downloadAnyway: 'それでもダウンロード',
  notNow: '今はしない',

  /* Why a training rests, and what to do where the page was lost */
  rests: {
    battery: 'バッテリー残量が少ないため、ステップの間に休止しています。',
    heat: '速度が落ちたため、ステップの間に休止しています。この端末が熱くなっている可能性があります。',
  },
  lostOften:
    'このボットの学習中に、システムがこのページを3回以上閉じました。この端末ではメモリーが足りない可能性があります。',
  trySmaller: 'もっと小さい設定を試す',
};
