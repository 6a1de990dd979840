/** The ready-made bot that comes with the page: in the first screen, and among the bots. */
import type { Catalogue } from '../catalogue.ts';

export const ready: Catalogue['ready'] = {
  title: '试一试',
  about:
    '这是一个现成的机器人，用一位虚构作者（失物招领处的一只鸟）的英文推文训练而成。它在你的电脑上运行。它很小：了解推文的样子，但不了解这个世界。',
  badge: '自带',
  placeholder: '用英文写下推文的开头，或留空',
  /** Beginnings of a tweet in the language that the bot knows, which is English. */
  starts: ['My dream is', 'I think', 'Today', 'Nobody'],
  write: '开始写',
  stopping: '正在停止…',
  teach: '现在教它学你',
  moreSettings: '更多设置',
  opening: '正在打开机器人…',
  engineStarts: '引擎正在启动…',
  noEngine: '引擎没有运行时，它无法写推文。页面顶部的提示说明了原因。',
  status: '随页面自带，供你试用。',
  isBack: '自带的机器人已恢复。',
};
