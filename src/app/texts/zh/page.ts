/** The page around the three steps: header, footer, and what is said when something is missing. */
import { formatBytes, formatCount, formatProgress } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const page: Catalogue['page'] = {
  title: 'Mynah：教一只小鸟像你一样发推',
  titleInTraining: (share) => `已训练 ${formatProgress(share)} · Mynah`,
  heroTitle: '教一只小鸟像你一样发推',
  hero: '把你的 Twitter 存档交给它。它就在这个页面里、在你自己的电脑上学习你的风格，然后写出新的推文，离线也可以。',
  trainedElsewhere: '在别处训练过机器人？',

  themes: { system: '跟随系统', light: '浅色', dark: '深色' },

  /* Steps 2 and 3 in one line. */
  trainWaiting: '一个小型 GPT-2 将在这台电脑上学习你的写作方式。',
  trained: (steps) => `已训练 ${formatCount(steps)} 步`,
  trainedWithLoss: (steps, first, last) =>
    `已训练 ${formatCount(steps)} 步，损失 ${first} → ${last}`,

  writeWaiting: '你的机器人将用你的口吻写新推文，离线也可以。',
  writeInTraining: '训练完成后即可使用。想提前写，请先暂停训练。',

  readyOffline: '可离线使用',
  notOffline: '此浏览器不会保存页面，下次打开仍需联网',
  tweetsStay: '你的推文不会离开这台电脑',
  storageUnknown: '此浏览器未提供存储用量',
  stored: (used, quota) => `已存储 ${formatBytes(used)}，上限 ${formatBytes(quota)}`,
  downloading: (model) => `正在下载 ${model}`,
  downloadingShare: (model, share) => `正在下载 ${model}，${formatProgress(share)}`,
  licences: '许可证',
  languageMissing: '无法加载该语言。请联网后重新选择。',
  update: 'Mynah 有新版本。',
  updateOtherTab: 'Mynah 有新版本。其他标签页的工作结束后，即可重新加载。',
  updateWhenDone: 'Mynah 有新版本。当前工作完成后，即可重新加载。',
  reload: '重新加载',
  reloadPage: '重新加载页面',

  partMissing: '无法加载页面的这一部分。',
  tryAgain: '重试',

  oneTabAssumed: (strong) => [
    strong('此浏览器无法判断 Mynah 是否已在另一个标签页中打开。'),
    '请只在一个标签页中使用，否则两个标签页会互相删除对方的工作。',
  ],
  notKept: '一切功能照常可用，但内容只在此页面打开期间保留。',
  saveBeforeClosing: (strong, emphasis) => [
    strong('关闭页面前，请把机器人保存为文件'),
    '（使用机器人列表中的',
    emphasis('导出'),
    '）。',
  ],
  outdated: '这个页面已被新版本的 Mynah 取代。',
  outdatedReload:
    '此页面的部分内容已无法加载。已保存的内容是安全的：重新加载页面，即可用新版本继续。',
  outdatedTraining: '机器人的训练会先暂停，之后可以继续。',
  cleared: '机器人训练期间，此网站存储的数据被清除了。',
  clearedRest:
    '其他机器人、推文和模型已丢失。正在训练的机器人及其推文还在内存中：它们已重新保存，训练继续进行。',
  elsewhere: 'Mynah 已在另一个标签页中打开。',
  elsewhereNext: '请在那里继续，或关闭那个标签页后在这里重试。',
  waking: '正在唤醒小鸟…',
  wakingWhy: '它可能还在另一个标签页中忙碌。',
  insecure: 'Mynah 需要安全的地址。',
  insecureRest: (code) => [
    '页面是通过未加密的 ',
    code('http://'),
    ' 打开的，浏览器会因此禁用保存推文和机器人所需的功能。请使用以 ',
    code('https://'),
    ' 开头的地址打开，或在提供此页面的电脑上用 ',
    code('http://localhost'),
    ' 打开。',
  ],
};
