/** Short news of what has just been done, which screen readers say. */
import { formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const news: Catalogue['news'] = {
  filtersDecide: '已恢复由筛选条件决定。',
  kept: '已保留。',
  leftOut: '已排除。',
  keptOf: (kept, read) => `${formatCount(read)} 条推文中保留 ${formatCount(kept)} 条。`,
  keptApart: '推文分开保存。',
  imported: (kept, read) => `读取了 ${formatCount(read)} 条推文，保留 ${formatCount(kept)} 条。`,
  canJoin: (account) => `你可以把它们与之前 @${account} 的推文合并。`,
  tweetsForgotten: '推文已删除。',

  modelIsHere: (name) => `${name} 已就绪。`,
  modelDeleted: (name) => `已删除 ${name}。`,

  saving: (name) => `正在保存 ${name}。`,
  saved: (name) => `已保存 ${name}。`,
  botOpened: (name) => `已打开 ${name}，可以写推文了。`,
  canWrite: (name) => `${name} 可以写推文了。`,
  botOfStep: (run, step) => `${run}，第 ${formatCount(step)} 步`,
  madeOf: (run, step) => `由“${run}”在第 ${formatCount(step)} 步之后的状态创建。`,
  renamed: (name) => `已重命名为 ${name}。`,
  isCopy: (copy, original) => `${copy} 是 ${original} 的副本。`,
  versionDeleted: (number) => `已删除版本 ${formatCount(number)}。`,
  deleted: (name) => `已删除 ${name}。`,
  canUndo: '你可以撤销。',
  isBack: (name) => `${name} 已恢复。`,
  runsExported: (count) => `已导出 ${formatCount(count)} 条训练记录。`,
  recordDeleted: (name) => `已删除 ${name} 的训练记录。`,

  trainingStarts: '训练开始。',
  trainingPaused: '训练已暂停。',
  trainingStopped: '训练在开始之前被停止。',
  trainingDone: (steps) => `训练完成，共 ${formatCount(steps)} 步。`,
  lossIs: (loss) => `损失为 ${loss}。`,
  trained: (share, step, steps) =>
    `已训练 ${formatPercent(share)}：第 ${formatCount(step)} 步，共 ${formatCount(steps)} 步。`,

  written: (count) => `已写出 ${formatCount(count)} 条推文。`,
  writingStopped: (count) => `已停止。写出了 ${formatCount(count)} 条推文。`,
};
