/** The cards of the models that a bot can start from: what each is like, and what it takes here. */
import { formatEstimate } from '../../estimates.ts';
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelCards: Catalogue['modelCards'] = {
  startsFrom: (bold, name) => ['基础模型：', bold(name)],
  recommended: '推荐在此使用',
  ownDescription: '按名称或语言从 Hub 选择，或使用你自己的模型文件夹。',
  otherBots:
    '要让你的机器人学得更多，请在机器人列表中点按“继续训练”。要用你导出过的机器人继续，请点按“打开机器人”。',

  /* What it takes: facts in a row. */
  time: (seconds) => formatEstimate(seconds),
  memory: (bytes) => `内存 ${formatBytes(bytes)}`,
  download: (bytes) => `需下载 ${formatBytes(bytes)}`,
  isHere: '可离线使用',
  isHereWith: (bytes) => `可离线使用，${formatBytes(bytes)}`,
  adapterOnly: '在此训练整个模型负担过重，因此只训练一个小型适配器。',
  tooLarge: '模型太大，无法在这台电脑上训练：内存不足。',
  tooLong: '在此训练会非常久。在有显卡的电脑上会快得多。',
  roughly: '时间是根据另一个模型的实测速度估算的。此模型就绪后，会用它重新测量。',

  soundsLike: '这类机器人写的推文',
  madeHere: '由示例作者的机器人写出，它在此页面上训练',
  quotedFrom: (link, source) => ['发布者：', link(source)],
  sources: {
    huggingtweets: 'huggingtweets（其 README 中示例的开头）',
    woolf: 'Max Woolf（学习了 @MagicRealismBot 推文的机器人）',
  },
  canAndCannot: (strong) => [
    '它有 350 万个参数，用公有领域的书籍训练而成。一两分钟就能看出大概效果，但它很小：',
    strong('它学到的是你的用词和话题，而不是你的想法。'),
    '想要通顺完整的句子，请选择更大的模型。',
  ],

  notEnglish: (language) =>
    `你的大部分推文是${language}，而这些模型懂的是英语。仅凭你的推文，它们能学到词汇，但很难学会${language}的语法。`,
  findOther: (language) => `查找懂${language}的 GPT-2`,
};
