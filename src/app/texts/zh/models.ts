/** What models are called and like, and their download. Their cards are in `model-cards.ts`. */
import { formatBytes, formatDuration } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const models: Catalogue['models'] = {
  starterName: '入门模型',

  descriptions: {
    distilgpt2: 'GPT-2 的一半大小。能写出完整通顺的英语句子。',
    gpt2: 'huggingtweets 使用的模型。了解 2019 年的网络。',
    'gpt2-medium': '其中写得最好的，也是最慢的。',
  },

  askingHub: '正在询问 Hub…',
  checkingModel: '正在检查它是否为 GPT-2…',
  checking: (done) => `正在检查已有内容：${formatBytes(done)}`,
  checkingOf: (done, total) => `正在检查已有内容：${formatBytes(done)} / ${formatBytes(total)}`,
  /* How far a download is: facts in a row. */
  received: (done) => `已下载 ${formatBytes(done)}`,
  receivedOf: (done, total) => `${formatBytes(done)} / ${formatBytes(total)}`,
  bytesPerSecond: (bytes) => `每秒 ${formatBytes(bytes)}`,
  secondsLeft: (seconds) => `剩余 ${formatDuration(seconds)}`,
};
