/** Step 3: the studio in which a bot writes, and what it has written. */
import { formatCount, formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const writing: Catalogue['writing'] = {
  /** The mark of what a machine has written. */
  ai: 'AI',
  placeholder: '写下推文的开头，或留空',
  pasteTweet: '粘贴要回复的推文',
  replyHint:
    '机器人在写之前会读它，但它不属于回复的内容。这个机器人没有学过如何回复，写出的回复可能不合适。',
  replyHintTrained: (count) =>
    `机器人在写之前会读它，但它不属于回复的内容。它从你对自己推文的 ${formatCount(count)} 条回复中学会了回复。`,
  inReplyTo: (tweet) => `回复“${tweet}”`,
  howMany: '推文数量',
  tweets: (count) => `${formatCount(count)} 条推文`,
  write: '开始写',
  stopping: '正在停止…',
  gettingReady: '正在准备…',
  writing: '正在写…',
  tweetsOf: (done, total) => `${formatCount(done)} / ${formatCount(total)} 条推文`,
  writtenOf: (bold, done, total) => [
    '已写出 ',
    bold(`${formatCount(done)} / ${formatCount(total)}`),
    ' 条。在此期间，你可以继续阅读、保留和丢弃。',
  ],
  writtenOfLeft: (bold, done, total, left) => [
    '已写出 ',
    bold(`${formatCount(done)} / ${formatCount(total)}`),
    ` 条，还需${left}。在此期间，你可以继续阅读、保留和丢弃。`,
  ],

  /* How daring */
  moods: { safe: '稳妥', balanced: '均衡', playful: '活泼', wild: '狂野' },
  ownSettings: (numbers) => `你的设置：${numbers}`,
  numbers: {
    temperature: (value) => `温度 ${formatNumber(value)}`,
    topP: (value) => `Top-p ${formatNumber(value)}`,
    topK: (value) => `Top-k ${formatNumber(value)}`,
    minP: (value) => `Min-p ${formatNumber(value)}`,
    typicalP: (value) => `Typical-p ${formatNumber(value)}`,
    repetitionPenalty: (value) => `重复惩罚 ${formatNumber(value)}`,
    noRepeatNgram: (value) => `不重复 ${formatNumber(value)}-gram`,
  },

  compareHint:
    '两边使用相同的开头和相同的种子，只有你在这里选择的不同。写出的内容会保留在各自的机器人中。',
  notWritten: '这里没有写出任何内容。',

  /* Advanced */
  hints: {
    count: '一次写多少条推文。',
    temperature: '越高越出人意料，越低越容易预测。',
    topP: '只从最可能的词中选择，直到总概率达到此值。',
    topK: '只从这么多个最可能的词中选择；0 表示全部。',
    minP: '只从概率至少为最可能的词的这一比例的词中选择；0 表示全部。',
    typicalP: '从意外程度接近预期的词中选择，直到总概率达到此值；1 表示全部。',
    repetitionPenalty: '大于 1 时，机器人会减少重复；1 表示不起作用。',
    noRepeatNgram: '一条推文中，这么多个 token 的序列不会出现两次；0 表示允许重复。',
    maxCharacters: '更长的推文会在句子或词之后截断。',
    maxTokens: '一个 token 约为 ¾ 个英语单词。',
    seed: '相同的种子写出相同的推文。',
    endsWithSentence: '最后一个完整句子之后的内容会被截掉。',
    avoidCopies: '几乎照抄真实推文的推文会重写，最多三次。',
  },
  randomSeed: '随机',
  /** Where a random seed is used instead of one that is no number. */
  aRandomOne: '随机种子',

  /* A batch */
  withoutStart: '没有开头',
  quoted: (start) => `“${start}”`,
  seedIs: (seed) => `种子 ${seed}`,
  useAgain: '再次使用',
  inForm: '开头、设置和种子已填入表单。',

  /* A tweet */
  wholeCopy: '照抄真实推文',
  partlyCopied: '部分来自真实推文',
  originalDeleted: '那条推文已在此删除。',
  edited: '已编辑',
  pinned: '已置顶',
  isKept: '已保留',
  isPinned: '已置顶',
  moreLike: (start) => `再写五条以“${start}”开头的`,
  postHint: '带着这段文字打开 x.com。在你点按之前，不会发送任何内容。',
  cantShare: '你的浏览器无法分享。请改为复制。',
  pictureSaved: '图片已保存。',
  cantDraw: '你的浏览器无法绘制图片。',
  pictureFoot: '由学习过推文的 AI 写成 · Mynah',
  cancel: '取消',
  copy: '复制',
  copied: '已复制',
  notAllowed: '不允许',
  hasCopied: '已复制。',
  cantCopy: '你的浏览器不允许复制。请改为选中文字。',

  /* What was just done */
  done: {
    dropped: '已丢弃。',
    changed: '已修改。',
    triedAgain: '已重写。',
  },
  undone: {
    dropped: '已撤销丢弃。',
    changed: '已撤销修改。',
    triedAgain: '已撤销重写。',
  },
  undo: '撤销',
  dismiss: '关闭',
  kept: '已保留。',
  noLongerKept: '不再保留。',
  back: '已恢复到推文列表。',
  pinnedToTop: '已置顶。',
  noLongerPinned: '已取消置顶。',
  deleted: (count) => `已删除 ${formatCount(count)} 条推文。`,

  /* The keys */
  keys: {
    next: '下一条推文',
    previous: '上一条推文',
    keep: '保留，或不再保留',
    drop: '丢弃',
    undo: '撤销',
    edit: '编辑',
    copy: '复制',
    pin: '置顶',
    again: '重写',
    more: '再写几条类似的',
    continue: '续写',
    search: '搜索',
    help: '显示这些快捷键',
  },

  /* The list */
  filters: { all: '全部', kept: '已保留', dropped: '已丢弃' },
  search: '搜索',
  confirmDelete: (count) => `要永久删除 ${formatCount(count)} 条已丢弃的推文吗？`,
  delete: '删除',
  stoppedEmpty: '还没写完任何一条就停止了。',
  empty: '它写出的推文会列在这里，并随机器人一起保存。',
  noneFound: '它写出的推文都不含这些词。',
  noneKept: '还没有保留任何推文。请点按“保留”，或按 S 键。',
  noneDropped: '没有丢弃任何推文。',
  allDropped: '所有推文都已丢弃。',

  /* Downloads */
  asListed: (bold, count) => [
    '下面列出的 ',
    bold(`${formatCount(count)} 条推文`),
    '。除 TXT 外，所有文件还包含每条推文的开头、设置和种子。',
  ],
  copyAll: '全部复制',
  inYourTime: '使用你的时区。文件中为 UTC 时间。',
  chooseTime: '请选择日期和时间。',
  hoursHint: '从一条推文到下一条推文的时间。',
};
