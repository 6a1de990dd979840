/** What the page says of files that were brought, and of too few tweets. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatCount } from '../../../format.ts';
import type { ErrorTable } from '../../error-words.ts';

type Unreadable = ErrorDetails['archive-unreadable'];

const UNREADABLE: {
  readonly [R in Unreadable['reason']]: (details: Unreadable) => string;
} = {
  empty: ({ file }) => `“${file}”是空文件。`,
  'not-a-zip': ({ file }) => `“${file}”名为 ZIP，但不是 ZIP 文件。`,
  truncated: ({ file }) => `“${file}”不完整，可能是下载中断。`,
  damaged: ({ file }) => `“${file}”已损坏。`,
  encrypted: ({ file }) => `“${file}”有密码保护。`,
  'too-large': ({ file }) => `“${file}”解压后的大小远超任何人的推文。`,
  packed: ({ file, packing }) =>
    packing === undefined
      ? `“${file}”是压缩文件，Mynah 无法解压这种格式。`
      : `“${file}”以 ${packing} 格式压缩，Mynah 无法解压这种格式。`,
  'not-json': ({ file, line, column }) => {
    if (line === undefined) return `“${file}”已损坏。`;
    return column === undefined
      ? `“${file}”已损坏：第 ${formatCount(line)} 行出错。`
      : `“${file}”已损坏：第 ${formatCount(line)} 行第 ${formatCount(column)} 个字符出错。`;
  },
  encoding: ({ file }) => `Mynah 无法识别“${file}”的文字编码。`,
  'unknown-format': ({ file }) => `Mynah 不认识“${file}”的格式。`,
  unreadable: ({ file }) => `你的浏览器无法读取“${file}”。`,
};

const UNREADABLE_NEXT: { readonly [R in Unreadable['reason']]: string } = {
  empty: '请选择其他文件，或重新下载存档。',
  'not-a-zip': '请重新下载存档，或解压后拖入 data/tweets.js。',
  truncated: '请重新下载，然后拖入新文件。',
  damaged: '请重新下载，或解压后拖入 data/tweets.js。',
  encrypted: '请先用密码解压，然后拖入文件夹。',
  'too-large': '如果你信任它，请自行解压，然后拖入文件夹。',
  packed: '请先解压，然后拖入解压出的文件夹。',
  encoding: '请在编辑器中打开它，保存为 UTF-8，然后重新拖入。',
  'not-json': '如果你编辑过此文件，请撤销修改；否则请从存档中重新取出它。',
  'unknown-format':
    '请拖入存档的 ZIP 文件或文件夹、其中的 data/tweets.js，或 JSON、CSV、TXT 格式的推文。',
  unreadable: '请确认文件仍在原处且可以打开，然后重新拖入。',
};

const NO_TWEETS: {
  readonly [R in ErrorDetails['archive-no-tweets']['reason']]: (file: string) => string;
} = {
  'no-tweet-file': (file) => `“${file}”中没有含推文的文件。`,
  'no-tweets': (file) => `“${file}”中没有推文。`,
  'not-needed': (file) => `“${file}”不是推文文件，因此 Mynah 没有打开它。`,
};

export const archiveErrors: ErrorTable<
  'archive-unreadable' | 'table-column-unknown' | 'archive-no-tweets' | 'dataset-too-small'
> = {
  'archive-unreadable': (details) => ({
    sentence: UNREADABLE[details.reason](details),
    nextStep: UNREADABLE_NEXT[details.reason],
  }),
  'table-column-unknown': ({ file }) => ({
    sentence: `“${file}”没有名为 text 或 tweet 的列。`,
    nextStep: '请指明推文在哪一列，或把该列命名为“text”，然后重新拖入文件。',
  }),
  'archive-no-tweets': ({ file, reason }) => ({
    sentence: NO_TWEETS[reason](file),
    nextStep:
      reason === 'no-tweets'
        ? '请拖入含有你自己推文的存档，或试用示例。'
        : '请拖入整个存档，或其 data 文件夹中的 tweets.js。',
  }),
  'dataset-too-small': ({ characters, neededCharacters, tweetsKept, tweetsLeftOut }) => ({
    sentence: `${formatCount(tweetsKept)} 条推文共 ${formatCount(characters)} 个字符，不够学习：至少需要 ${formatCount(neededCharacters)} 个字符。`,
    nextStep:
      tweetsLeftOut > 0
        ? `请从被排除的 ${formatCount(tweetsLeftOut)} 条推文中保留一些，或添加更多推文。`
        : '请添加更多推文，或试用示例。',
  }),
};
