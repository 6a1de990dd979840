/** The list of bots, and what can be done with them. */
import { formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const library: Catalogue['library'] = {
  newBot: '新建机器人',
  empty: '你训练的机器人会出现在这里，并保存在此浏览器中。',

  trainMore: '继续训练',
  continue: '继续',
  export: '导出',
  exportOf: (name) => `导出 ${name}`,
  rename: '重命名',
  renameOf: (name) => `重命名 ${name}`,
  duplicate: '复制',
  duplicateOf: (name) => `复制 ${name}`,
  delete: '删除',
  deleteOf: (name) => `删除 ${name}`,
  noTweets: '此机器人的推文已被删除，因此无法继续训练。',
  from: (dataset) => `来自 ${dataset}`,
  tweets: (count) => `${formatCount(count)} 条推文`,
  quiz: (right, pairs) =>
    `真人还是机器人：${formatCount(pairs)} 组中分辨出 ${formatCount(right)} 组`,
  inTraining: (step, steps) =>
    steps === null
      ? `训练中：第 ${formatCount(step)} 步`
      : `训练中：第 ${formatCount(step)} 步，共 ${formatCount(steps)} 步`,
  paused: (step, steps) => `已暂停：第 ${formatCount(step)} 步，共 ${formatCount(steps)} 步`,
  interrupted: (step, steps) => `已中断：第 ${formatCount(step)} 步，共 ${formatCount(steps)} 步`,
  steps: (count) => `${formatCount(count)} 步`,
  stepsWithLoss: (count, loss) => `${formatCount(count)} 步，损失 ${loss}`,

  /* Export */
  exportPromise: '文件为 ZIP 格式，不含你的推文。',
  writingFile: '正在写入文件',
  starting: '正在开始',
  cancel: '取消',
  close: '关闭',
  forMynah: '用于 Mynah 和 Hugging Face',
  forMynahPrograms: '“打开机器人”、transformers、Hub',
  forGguf: 'GGUF',
  forPages: '用于网页',
  files: {
    full: (bold, bytes) => [bold('完整精度'), ` ${formatBytes(bytes)} · 与这里完全相同`],
    half: (bold, bytes) => [bold('大小减半'), ` ${formatBytes(bytes)} · 略有舍入`],
    adapter: (bold, italic, bytes) => [
      bold('仅适配器'),
      ` ${formatBytes(bytes)} · 用于 `,
      italic('PEFT'),
      '，还需要基础模型',
    ],
    Q8_0: (bold, bytes) => [bold('GGUF，8 位'), ` ${formatBytes(bytes)} · 文件最小，舍入较多`],
    F16: (bold, bytes) => [bold('GGUF，16 位'), ` ${formatBytes(bytes)} · 略有舍入`],
    F32: (bold, bytes) => [bold('GGUF，32 位'), ` ${formatBytes(bytes)} · 与这里完全相同`],
    onnx: (bold, bytes) => [bold('ONNX'), ` ${formatBytes(bytes)} · 与这里完全相同`],
  },
  zipArchive: 'ZIP 压缩包',

  /* Open */
  readingBot: '正在读取机器人',
  opening: '正在打开',
  openHint: 'Mynah 导出的 ZIP 文件、GPT-2 的文件，或 PEFT 的适配器',
  openWithModel: '用此模型打开',
  openedFromFile: '从文件打开',
  modelGone: '已不存在的模型',

  /* Name and picture */
  nameOfBot: '机器人的名称',
  pictureOfBot: '机器人的头像',
  save: '保存',
  mynaBird: '八哥',
  accountPicture: '账号的头像',
  emoji: {
    '🦜': '鹦鹉',
    '🐦': '小鸟',
    '🦉': '猫头鹰',
    '🐧': '企鹅',
    '🦩': '火烈鸟',
    '🐔': '鸡',
    '🤖': '机器人',
    '👻': '幽灵',
    '🎩': '礼帽',
    '🧠': '大脑',
    '🔥': '火',
    '🌶️': '辣椒',
    '🌈': '彩虹',
    '🌙': '月亮',
    '☕': '咖啡',
    '🎸': '吉他',
    '📚': '书',
  },

  /* Training further */
  trainMoreOf: (name) => `继续训练 ${name}`,
  createsVersion: (version) => `训练将继续，并创建版本 ${formatCount(version)}。`,
  createsVersionOnSame: (version) => `训练将用相同的推文继续，并创建版本 ${formatCount(version)}。`,
  moreEpochs: (count) => `再训练 ${formatCount(count)} 轮`,
  withNewer: (count) => `加入新推文（+${formatCount(count)}）`,
  asKeptNow: (count) => `使用现在保留的推文（${formatCount(count)}）`,
  sameAsBefore: (count) => `使用与之前相同的推文（${formatCount(count)}）`,

  /* Versions */
  versions: (count) => `${formatCount(count)} 个版本`,
  version: (number) => `版本 ${formatCount(number)}`,
  deleteVersion: (number, name) => `删除 ${name} 的版本 ${formatCount(number)}`,
  atStep: (step) => `第 ${formatCount(step)} 步`,
  lossIs: (loss) => `损失 ${loss}`,

  hasBeenDeleted: (bold, name) => [bold(name), ' 及其写出的所有推文已删除。'],
  undo: '撤销',
  deletePermanently: '永久删除',
};
