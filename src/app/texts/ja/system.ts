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
};
