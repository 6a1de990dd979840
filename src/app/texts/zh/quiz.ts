/** “Real or bot?” */
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quiz: Catalogue['quiz'] = {
  title: '真人还是机器人？',
  teaser: '十条机器人从没见过的真实推文，十条它自己写的推文。你能分辨出来吗？',
  play: '开始玩',
  playAgain: '再玩一次',
  score: ({ right, pairs }) => `目前分辨正确：${formatCount(pairs)} 组中 ${formatCount(right)} 组`,

  howItGoes:
    '你会看到十组推文，每组两条。其中一条是真的：训练时没有用到它，所以机器人从没见过。另一条是机器人刚刚用平常的设置写的。两条的长度相近。',
  howToRead: '找出真的那一条。如果只能靠猜，10 组中大约会猜对 5 组，这说明机器人已经写得足够好。',
  whoJudges: '你可能记得自己的推文。换一个人来评判会更严格。',
  start: '开始',
  cancel: '取消',
  loadingModel: '正在加载机器人',
  writing: (written, wanted) => `正在写推文：${formatCount(written)} / ${formatCount(wanted)}`,
  preparing: '正在准备这一轮',

  impossible: {
    'no-tweets':
      '此机器人学习过的推文不在此浏览器中，因此没有真实推文可以比较。从文件打开的机器人，以及推文已被删除的机器人，都是如此。请添加相同的推文，然后重新打开机器人。',
    'too-few-held-out':
      '一轮需要十条训练时没有用到的推文，而此机器人没有这么多。推文达到 40 条时，才会留出一部分不用于训练；400 条推文大约会留出 60 条。请用更多推文训练一个机器人。',
    'too-different':
      '此机器人写的推文比验证推文长得多或短得多，只看长度就能分辨。请训练更长时间，然后重试。',
  },

  pair: (number, of) => `第 ${formatCount(number)} 组，共 ${formatCount(of)} 组`,
  question: '哪一条是真的？',
  keys: '快捷键：1 或 ← 选第一条，2 或 → 选第二条。',
  choice: (side, text) => (side === 0 ? `第一条推文：${text}` : `第二条推文：${text}`),
  right: (side) => (side === 0 ? '答对了：第一条是真的。' : '答对了：第二条是真的。'),
  wrong: (side) => (side === 0 ? '答错了：第一条是真的。' : '答错了：第二条是真的。'),
  real: '真实',
  bot: '机器人',
  chosen: '你的选择',
  tally: (right, asked) => `${formatCount(asked)} 题答对 ${formatCount(right)} 题`,
  streak: (count) => `连对：${formatCount(count)}`,
  next: '下一组',
  finish: '查看结果',

  result: (right, pairs) => `${formatCount(pairs)} 组中分辨出 ${formatCount(right)} 组`,
  meaning: {
    easy: '你一眼就能认出这个机器人。',
    mostly: '你大多能把机器人和真实推文分辨开。',
    guess: '和瞎猜差不多：它写的推文足以乱真。',
    fooled: '你把机器人的推文当成真的的次数，比真实推文还多。',
  },
  chance: '一轮说明不了太多：全靠猜，也有 1/18 的轮次能答对 8 组或更多。多玩几轮更有说服力。',
  longest: (count) => `最长连对：${formatCount(count)}`,
  allRounds: ({ right, pairs, rounds }) =>
    `与它的全部 ${formatCount(rounds)} 轮：${formatCount(pairs)} 组中分辨出 ${formatCount(right)} 组`,
  kept: '结果会随机器人一起保存，也可以在“记录”中的训练记录里查看。',
  savePicture: '保存图片',
  pictureSaved: '图片已保存。',
  noPicture: '你的浏览器无法绘制图片。',
  noShare: '你的浏览器无法分享图片。请改为保存。',

  pictureLine: '真实推文对阵学习过它们的机器人',
  pictureFoot: '在浏览器中训练 · Mynah',
};
