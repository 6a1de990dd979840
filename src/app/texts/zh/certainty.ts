/** How sure the bot was of each word of a tweet, what it could have written instead, and what it attended to. */
import { formatCount, formatNumber, formatRough } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const certainty: Catalogue['certainty'] = {
  open: '它有多大把握？',
  close: '关闭',
  region: '机器人的把握',
  words: '推文中的词',
  asking: '机器人正在重读它的推文…',
  summary: (chances) =>
    `平均来看，它相当于从约 ${formatRough(chances)} 个可能性相同的 token 中选择。选择一个词，即可查看它在那里还可能写什么。`,
  summaryOfNothing: '选择一个词，即可查看它在那里还可能写什么。',
  tooLong: '这条推文超出了此模型能读取的长度，因此这里缺少结尾部分。',
  legend: '词语的意外程度',
  levels: ['超过 1/2 的概率', '低至 1/10', '低至 1/100', '低至 1/1,000', '更罕见'],
  endOfTweet: '推文结尾',
  startOfTweet: '推文开头',
  partOfCharacter: '字符的一部分',
  space: '空格',
  lineBreak: '换行',
  yours: '这是你给它的开头。',
  firstChoice: (chance, bits) => `${chance}：它的首选。意外程度为 ${formatRough(bits)} 比特。`,
  laterChoice: (chance, rank, bits) =>
    `${chance}：它的第 ${formatCount(rank)} 选择。意外程度为 ${formatRough(bits)} 比特。`,
  manyTokens: (count, chance) =>
    `机器人用 ${formatCount(count)} 个 token 写出它。合计概率：${chance}。`,
  caption: '它在这里还可能写什么',
  token: 'token',
  probability: '概率',
  withSettings: '应用设置后',
  written: '已写出',
  ruledOut: '已排除',
  never: (chance) => `低于 ${chance}`,
  note: '“概率”是模型本身在温度为 1 时的概率。旁边是应用写这条推文时的设置之后的概率。两者都由现在的机器人根据现在的文字计算得出。',
  attention: '它关注了什么',
  layer: '层',
  head: '头',
  mean: '全部的平均值',
  number: (number) => formatNumber(number),
  attentionNote:
    '机器人选择这个 token 时，注意力在它前面的内容上如何分配，取你所选的层和头的平均值。它说明机器人看了哪里，而不是为什么这样选。',
  share: '注意力占比',
};
