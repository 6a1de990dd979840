/** Step 1: the tweets. What is loaded with its charts, filters and list is in `explorer.ts`. */
import { formatBytes, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const data: Catalogue['data'] = {
  tweets: (count) => `${formatCount(count)} 条推文`,
  tweetsKept: (count) => `保留 ${formatCount(count)} 条推文`,
  learnedFrom: (count) => `学习了 ${formatCount(count)} 条推文，这些推文已删除`,
  learnedDeleted: '这些推文已在此删除；机器人学到的内容仍然保留。',
  learnedChanged: (kept) =>
    `这是机器人训练时使用的推文。之后推文有变化：现在保留 ${formatCount(kept)} 条。`,
  learnThem: '要用它们训练机器人，请在“你的机器人”中点按“继续训练”。',

  dropTitle: '把你的 Twitter 存档拖到这里',
  dropFormats: '收到的 ZIP 原文件、它的文件夹，或 JSON、CSV、纯文本格式的推文',
  dropPromise: '你拖入的内容不会离开这台电脑。',
  dropHere: '松开后，小鸟就会开始读取',
  chooseFiles: '选择文件',
  chooseFolder: '选择文件夹',

  helpTitle: '如何获取我的存档？',
  helpOpen: (bold) => [
    '在 X 上打开',
    bold('设置和隐私'),
    '，然后打开',
    bold('你的账号'),
    '，再打开',
    bold('下载你的数据存档'),
    '。',
  ],
  helpRequest: (bold) => ['验证身份后，点按', bold('请求存档'), '。X 大约需要一天来准备。'],
  helpDownload: '当 X 通知你存档已准备好时，下载 ZIP 文件并拖到这里。',
  helpFiles: (bold) => [
    '无论文件多大，都不需要解压：Mynah 只从中读取推文，除了你的头像，不会打开你的私信、联系人或媒体文件。你也可以拖入解压后的文件夹，或其中的 ',
    bold('data/tweets.js'),
    '，如果有 ',
    bold('tweets-part1.js'),
    ' 等文件，请一并拖入。任何年份的存档都可以使用，Mastodon 和 Bluesky 的导出文件、浏览你的个人主页时浏览器记录的文件（',
    bold('.har'),
    '）也可以，还可以同时拖入多个。存档旁边的其他文件不会被读取。',
  ],
  withHidden: '同时读取我最近删除的推文和从未公开的推文',

  phases: { opening: '打开', reading: '读取', cleaning: '整理', saving: '保存' },
  importing: {
    opening: (files) => ['正在打开 ', files],
    reading: (files) => ['正在读取 ', files],
    cleaning: (files) => ['正在整理 ', files],
    saving: (files) => ['正在保存 ', files],
  },
  bytesOf: (done, total) => `${formatBytes(done)} / ${formatBytes(total)}`,
  filesAndOthers: (names, others) => `${names}以及另外 ${formatCount(others)} 个文件`,
  quoted: (name) => `“${name}”`,

  missingPart: (file, expected) =>
    expected === null
      ? `缺少含推文的文件“${file}”。如果你漏选了它，请一次拖入所有部分；否则请重新下载存档。`
      : `缺少含 ${formatCount(expected)} 条推文的文件“${file}”。如果你漏选了它，请一次拖入所有部分；否则请重新下载存档。`,
  countMismatch: (file, found, expected) =>
    `“${file}”含有 ${formatCount(found)} 条推文，而存档自带的清单显示应有 ${formatCount(expected)} 条。如果你没有修改过它，请重新下载存档。`,
  duplicatePart: (file) => `“${file}”出现了多次，读取的是最后一个。`,
  repeatedTweets: (count) => `${formatCount(count)} 条推文出现了多次，每条只读取一次。`,
  filesLeft: (count, groups, more) => {
    const others = more === 0 ? '' : `；以及另外 ${formatCount(more)} 个文件`;
    return `有 ${formatCount(count)} 个文件未读取：${groups.join('；')}${others}。`;
  },
  leftGroup: (files, reason) => `${files}（${reason}）`,
  leftReasons: {
    empty: '空文件',
    'not-a-zip': '名为 ZIP，但不是 ZIP 文件',
    truncated: '文件不完整，可能是下载中断',
    damaged: '已损坏',
    'not-json': '已损坏',
    encrypted: '有密码保护，请先解压',
    'too-large': '解压后的大小远超任何人的推文',
    packed: 'Mynah 无法解压此格式，请先解压',
    encoding: 'Mynah 无法识别文字编码，请保存为 UTF-8',
    'unknown-format': 'Mynah 不认识的格式',
    unreadable: '浏览器无法打开',
    'no-tweets': '不含推文',
    'not-tweets': '不是推文文件',
    'beside-archive': '有存档时只读取存档；如果它含有推文，请之后再添加',
    'bot-or-model': '是机器人或模型，已按此打开',
    'no-text-column': '没有名为 text 或 tweet 的列',
    'too-many': '超出 Mynah 一次读取的数量',
  },
  moreWarnings: (count) => `还有 ${formatCount(count)} 个这样的文件。`,

  columnQuestion: '推文在哪一列？',
  columnQuestionOf: (file) => `“${file}”的推文在哪一列？`,
  column: (number) => `第 ${formatCount(number)} 列`,

  noneAdded: '没有新推文。',
  added: (count) => `已添加 ${formatCount(count)} 条新推文。`,
  thereAlready: (count) => `${formatCount(count)} 条推文已经存在。`,
  lengthened: (count) => `${formatCount(count)} 条推文的内容更完整了。`,
  learnNewToo: '要让机器人也学习新推文，请在“你的机器人”中点按“继续训练”。',
  sameAccount: (strong, account) => [
    strong(`这里已有 @${account} 的推文。`),
    '在你合并之前，两批推文会分开保存。两边都有的推文只算一条。',
  ],

  countsOfAll: '合计',
  counts: {
    read: '读取的推文',
    retweets: '转推',
    short: '过短的推文',
    other: '其他排除',
    kept: '保留的推文',
  },
  countedUsually: '转推是别人的话，不足三个词的推文信息太少，所以小鸟不会学习它们。',
  countedOwn: '按你自己的筛选条件统计。',
  threadsJoined: (texts) => `推文串已合并，因此共有 ${formatCount(texts)} 段文本。`,
  damagedEntries: (count) => `文件中有 ${formatCount(count)} 条内容无法作为推文读取，已跳过。`,

  shares: '机器人受各账号影响的程度',
  sharesHint: '推文较少的账号会被读得更频繁，使各账号的影响相同。拖动滑块可以更改。',
  shareOf: (share) => `占机器人阅读内容的 ${formatPercent(share)}`,

  little: (strong, characters, comfortable) => [
    strong(`可学习的内容偏少：${formatCount(characters)} 个字符。`),
    `少于 ${formatCount(comfortable)} 个字符时，小鸟可能会把一些推文背下来并照搬。`,
  ],
  noneKept: '还没有保留任何推文。',
  notEnough: (characters) => `可学习的内容不够：${formatCount(characters)} 个字符。`,
  needed: (characters) => `至少需要 ${formatCount(characters)} 个字符。`,
  keepSome: (leftOut) =>
    `有 ${formatCount(leftOut)} 条推文被排除。请保留其中一些，或添加更多推文。`,
  addMore: '请添加更多推文。',
  leftOut: '被排除的推文',
  keepThem: '保留',
  keepThemOf: (reason) => `保留：${reason}`,
  shortReason: (minimumWords) =>
    `过短（不计链接、提及和话题标签，少于 ${formatCount(minimumWords)} 个词）`,
  nothingButLinks: '只有链接',

  confirmDelete: (count, name) =>
    `要删除 ${name} 的 ${formatCount(count)} 条推文吗？此浏览器中的所有副本都会被删除，包括为训练保存的副本。用它们训练的机器人会保留，仍能写推文，但无法继续训练。`,
  useOthers: '使用其他推文',
  savedFormats: { txt: '文本', jsonl: 'JSON Lines' },
  datasetOption: (name, added) => `${name}，${added}`,
};
