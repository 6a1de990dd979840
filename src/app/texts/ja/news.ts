/** Short news of what has just been done, which screen readers say. */
import { formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const news: Catalogue['news'] = {
  filtersDecide: 'フィルターの判断に戻しました。',
  kept: '残しました。',
  leftOut: '除外しました。',
  keptOf: (kept, read) =>
    `${formatCount(read)}件のツイートのうち${formatCount(kept)}件を使います。`,
  keptApart: 'ツイートを分けたままにしました。',
  imported: (kept, read) =>
    `読み込んだ${formatCount(read)}件のうち${formatCount(kept)}件のツイートを使います。`,
  canJoin: (account) => `以前の@${account}のツイートとまとめることができます。`,
  tweetsForgotten: 'ツイートを削除しました。',

  modelIsHere: (name) => `${name}の準備ができました。`,
  modelDeleted: (name) => `${name}を削除しました。`,

  saving: (name) => `${name}を保存しています。`,
  saved: (name) => `${name}を保存しました。`,
  botOpened: (name) => `${name}を開きました。書くことができます。`,
  canWrite: (name) => `${name}は書くことができます。`,
  botOfStep: (run, step) => `${run}、ステップ${formatCount(step)}`,
  madeOf: (run, step) => `「${run}」のステップ${formatCount(step)}の時点から作りました。`,
  renamed: (name) => `名前を${name}に変更しました。`,
  isCopy: (copy, original) => `${copy}は${original}のコピーです。`,
  versionDeleted: (number) => `バージョン${formatCount(number)}を削除しました。`,
  deleted: (name) => `${name}を削除しました。`,
  canUndo: '元に戻せます。',
  isBack: (name) => `${name}を元に戻しました。`,
  runsExported: (count) => `${formatCount(count)}件の学習記録をエクスポートしました。`,
  recordDeleted: (name) => `${name}の学習記録を削除しました。`,

  trainingStarts: '学習を始めます。',
  trainingPaused: '学習を一時停止しました。',
  trainingStopped: '学習は始まる前に止められました。',
  trainingDone: (steps) => `${formatCount(steps)}ステップで学習が終わりました。`,
  lossIs: (loss) => `損失は${loss}です。`,
  trained: (share, step, steps) =>
    `${formatPercent(share)}学習済み：ステップ${formatCount(step)} / ${formatCount(steps)}。`,

  written: (count) => `${formatCount(count)}件のツイートを書きました。`,
  writingStopped: (count) => `止めました。${formatCount(count)}件のツイートを書きました。`,
};
