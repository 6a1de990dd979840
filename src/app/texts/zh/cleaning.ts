/** The options that decide which tweets a bot learns from and how their texts are cleaned up. */
import type { Catalogue } from '../catalogue.ts';

const keepOrDrop = { keep: '保留', drop: '排除' };

export const cleaning: Catalogue['cleaning'] = {
  unknownAudience: { label: '可见范围不明的帖子', choices: keepOrDrop },
  retweets: { label: '转推', choices: keepOrDrop },
  replies: { label: '对他人的回复', choices: keepOrDrop },
  quotes: { label: '引用推文', choices: keepOrDrop },
  duplicates: { label: '重复的推文', choices: keepOrDrop },
  edits: { label: '已编辑推文的旧版本', choices: keepOrDrop },
  emojiOnly: { label: '只有表情符号的推文', choices: keepOrDrop },
  links: {
    label: '带链接的推文',
    choices: { strip: '去掉链接后保留', drop: '排除' },
  },
  hashtags: {
    label: '话题标签',
    choices: { keep: '保留', strip: '去掉', drop: '排除带话题标签的推文' },
  },
  mentions: {
    label: '提及',
    choices: {
      keep: '保留',
      'strip-leading': '去掉回复开头的提及',
      strip: '全部去掉',
    },
  },
  threads: {
    label: '推文串',
    choices: { apart: '每条推文一段文本', join: '每个推文串一段文本' },
  },
  newLines: { label: '换行', choices: { space: '替换为空格', keep: '保留' } },
  minimumWords: { label: '最少词数' },
  minimumLikes: { label: '最少点赞数' },
  fromMs: { label: '起始日期' },
  untilMs: { label: '截止日期' },
  exclude: { label: '不含这些词的推文' },
  languages: { label: '语言' },
  shares: { label: '各账号的占比' },
};
