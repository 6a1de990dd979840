/** The filters, charts and list of tweets of step 1. */
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const explorer: Catalogue['explorer'] = {
  counting: '正在统计…',
  leaveOut: '排除',
  withHashtags: '带话题标签的推文',
  keepOnly: '只保留',
  minimumWordsHint: '链接、提及和话题标签不计入。',
  firstTweet: (day) => `第一条推文发布于 ${day}。`,
  lastTweet: (day) => `最后一条推文发布于 ${day}。`,
  excludeHint: '用英文逗号分隔多个词。星号代表任意字符，例如 work*。',
  textCleanup: '文本清理',
  linksRemoved: '链接总会被去掉，因为机器人只会编造链接。',
  unknownLanguage: '未知',

  read: '读取',
  kept: '保留',
  size: (tokens, texts) => `${formatCount(texts)} 段文本，约 ${formatCount(tokens)} 个 token。`,
  takes: (time) => `按下面的选择学习它们，在这台电脑上需要${time}。`,
  usedWords: '最常用的词',
  usedHashtags: '最常用的话题标签',
  byMonth: '每月推文数',
  months: (first, last, busiest, peak) =>
    `每月推文数。从 ${first} 到 ${last}；最多的是 ${busiest}：${formatCount(peak)} 条`,
  busiest: (month, peak) => `最多的是 ${month}：${formatCount(peak)} 条`,
  lengths: '保留内容的长度（token 数）',
  lengthsLabel: (peak, range) =>
    `保留内容的长度（token 数）。最多的是 ${range}，有 ${formatCount(peak)} 段`,
  commonLength: (range) => `最多的是 ${range}`,
  lengthRange: (first, last) => `${formatCount(first)} 到 ${formatCount(last)}`,
  andMore: (count) => `${formatCount(count)} 及以上`,
  keptWith: (hidden, kept) => [hidden('保留的推文：'), formatCount(kept)],
  ofRead: (hidden, read) => [hidden('，读取的推文：'), ` / ${formatCount(read)}`],

  noneOfKind: '没有此类推文。',
  noneWith: (words) => `这里没有包含“${words}”的推文。`,
  found: (count) => `${formatCount(count)} 条推文`,
  foundWith: (count, words) => `${formatCount(count)} 条包含“${words}”的推文`,
  which: '显示哪些推文',
  all: '全部',
  keptOnes: '保留',
  leftOutOnes: '排除',
  nothingButLinks: '只有链接',
  keptByHand: '手动保留',
  decide: { undo: '由筛选条件决定', keep: '保留', drop: '排除' },
  decideOn: {
    undo: (tweet) => `由筛选条件决定：${tweet}`,
    keep: (tweet) => `保留：${tweet}`,
    drop: (tweet) => `排除：${tweet}`,
  },
};
