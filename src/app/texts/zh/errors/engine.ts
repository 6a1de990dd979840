/** What the page says when the engine stops, is busy or can't compute as it was asked to. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatCount } from '../../../format.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';

const BACKEND_UNAVAILABLE: {
  readonly [R in ErrorDetails['backend-unavailable']['reason']]: string;
} = {
  'no-webgpu': '此浏览器不支持 WebGPU，因此无法用显卡计算。',
  'no-adapter': '此浏览器没有可用于计算的显卡。',
  'no-webassembly': '此浏览器无法运行 WebAssembly。',
};

const DEVICE_LOST: {
  readonly [R in ErrorDetails['device-lost']['reason']]: (detail?: string) => string;
} = {
  driver: (detail) => `显卡停止了响应${inBrackets(detail)}。`,
  silent: () => '显卡停止了响应。',
  failed: (detail) => `显卡报告了错误${inBrackets(detail)}。`,
  wrong: () => '显卡给出了错误的数值。',
  replaced: () => '计算方式中途被更改，因此停止了。',
};

const WORKER_LOST: WordsBy<'reason', ErrorDetails['worker-lost']> = {
  'not-loaded': ({ detail }) => [
    `无法加载引擎${inBrackets(detail)}。`,
    '请检查网络连接，然后重新加载页面。',
  ],
  crashed: ({ detail }) => [
    `引擎因错误而停止${inBrackets(detail)}。`,
    '已保存的内容没有丢失。请重启引擎，从中断处继续。',
  ],
  'unreadable-message': [
    '引擎发来了页面无法读取的内容。',
    '已保存的内容没有丢失。请重新加载页面。',
  ],
  terminated: ['引擎已停止。', '已保存的内容没有丢失。请重启引擎，从中断处继续。'],
};

const BUSY: WordsBy<'reason', ErrorDetails['busy']> = {
  'another-tab': ['Mynah 已在另一个标签页中打开。', '请在那里继续，或关闭那个标签页后在这里重试。'],
  training: ['有一个机器人正在训练。', '请等它完成，或先暂停它。'],
  importing: ['仍在读取推文。', '请等读取完成，然后重试。'],
  generating: ['仍在写推文。', '请等写完，或先停止。'],
  downloading: ['正在下载模型。', '请等下载完成，或先暂停。'],
};

export const engineErrors: ErrorTable<
  | 'backend-unavailable'
  | 'device-lost'
  | 'worker-lost'
  | 'busy'
  | 'loss-not-finite'
  | 'cancelled'
  | 'internal'
> = {
  'backend-unavailable': ({ reason }) => ({
    sentence: BACKEND_UNAVAILABLE[reason],
    nextStep: '请让 Mynah 选择在此浏览器中可用的方式。',
  }),
  'device-lost': ({ reason, detail }) => ({
    sentence: DEVICE_LOST[reason](detail),
    nextStep: '已保存的内容没有丢失。请重启引擎，从中断处继续。',
  }),
  'worker-lost': wordsBy('reason', WORKER_LOST),
  busy: wordsBy('reason', BUSY),
  'loss-not-finite': ({ step }) => ({
    sentence: `训练在第 ${formatCount(step)} 步失败：数值增长到超出了所有界限。`,
    nextStep: '请在“高级设置”中设置更小的学习率，然后重新训练。',
  }),
  cancelled: () => ({
    sentence: '已取消。',
    nextStep: '你可以随时重新开始。',
  }),
  internal: ({ message }) => ({
    sentence: `Mynah 内部出错（${message}）。`,
    nextStep: '请重试。如果再次发生，请重启引擎。',
  }),
};
