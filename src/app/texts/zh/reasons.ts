/** Why a tweet isn't used, as it is said of one tweet, and of all tweets that are left out for it. */
import type { Catalogue } from '../catalogue.ts';

export const reasons: Catalogue['reasons'] = {
  'by-hand': { one: '手动排除', all: '手动排除' },
  audience: { one: '可见范围不明', all: '可见范围不明的帖子' },
  retweet: { one: '转推', all: '转推' },
  reply: { one: '回复', all: '回复' },
  quote: { one: '引用', all: '引用' },
  edited: { one: '旧版本', all: '旧版本' },
  date: { one: '日期不符', all: '日期不符' },
  language: { one: '其他语言', all: '其他语言' },
  likes: { one: '点赞太少', all: '点赞太少' },
  link: { one: '带链接', all: '带链接' },
  hashtag: { one: '带话题标签', all: '带话题标签' },
  excluded: { one: '含排除词', all: '含排除词' },
  emoji: { one: '只有表情符号', all: '只有表情符号' },
  short: { one: '过短', all: '过短' },
  duplicate: { one: '重复', all: '重复' },
};
