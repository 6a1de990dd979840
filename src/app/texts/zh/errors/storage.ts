/** What the page says when the browser or the disk doesn't take what is to be written. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: WordsBy<'reason', ErrorDetails['storage-blocked']> = {
  absent: [
    '此浏览器不向页面提供存储空间（IndexedDB）。',
    '请在浏览器设置中开启，或使用其他浏览器。',
  ],
  denied: [
    '浏览器不允许此页面存储任何内容。',
    '请在浏览器设置中允许此网站使用 Cookie 和网站数据，然后重新加载。',
  ],
  'no-answer': ['浏览器的存储没有响应。', '请重启浏览器：存储在这里的内容应该会恢复。'],
  'older-tab': ['另一个标签页打开着此页面的旧版本。', '请关闭那个标签页，然后重试。'],
  'newer-version': [
    '存储在这里的内容属于比此页面更新的 Mynah 版本。',
    '请重新加载此页面以获取该版本。如果没有帮助，请关闭所有打开 Mynah 的标签页，然后重新打开。',
  ],
  closed: ['浏览器关闭了此页面的存储。', '请重试。如果此网站的数据已被清除，请重新添加你的推文。'],
  vanished: ['保存期间数据消失了。', '请关闭此页面的其他标签页，然后重试。'],
  failed: ({ detail }) => [
    `浏览器无法读写此页面的存储${inBrackets(detail)}。`,
    '请重试。如果再次发生，请重启浏览器。',
  ],
};

const NOT_WRITABLE: WordsBy<'reason', ErrorDetails['file-not-writable']> = {
  full: [
    '保存文件的位置没有剩余空间。',
    '请在那里释放一些空间，或导出到其他位置。机器人仍在这里。',
  ],
  denied: [
    '浏览器无权写入你选择的文件。',
    '请重新导出并允许写入，或选择其他位置。机器人仍在这里。',
  ],
  failed: ({ detail }) => [
    `浏览器无法写入你选择的文件${inBrackets(detail)}。`,
    '请重新导出，或选择其他位置。机器人仍在这里。',
  ],
};

export const storageErrors: ErrorTable<'storage-quota' | 'storage-blocked' | 'file-not-writable'> =
  {
    'storage-quota': (details) => ({
      sentence: `浏览器为此页面提供的存储空间已满${needed(details)}。`,
      nextStep: '请删除不再需要的机器人或推文，然后重试。已保存的内容是安全的。',
    }),
    'storage-blocked': wordsBy('reason', BLOCKED),
    'file-not-writable': wordsBy('reason', NOT_WRITABLE),
  };
