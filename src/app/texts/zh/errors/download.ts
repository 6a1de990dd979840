/** What the page says of a download that failed: from the Hub, or from the page's own site. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatDuration } from '../../../format.ts';
import { type ErrorTable, type WordsBy, wordsBy } from '../../error-words.ts';

const DOWNLOAD: WordsBy<'reason', ErrorDetails['model-download']> = {
  'not-found': ({ repository }) => [
    `Hub 上没有模型“${repository}”。`,
    '请检查名称：它是模型页面地址的末尾部分，形式为“所有者/名称”。',
  ],
  private: ({ repository }) => [
    `Hub 没有向所有人公开“${repository}”：它是私有的、需要账号，或者不存在。`,
    '请检查名称。如果你有权访问，请自行下载它的文件并拖到这里。',
  ],
  'no-gpt2': ({ repository, file }) => [
    file === undefined
      ? `“${repository}”不是 Mynah 可以使用的 GPT-2。`
      : `“${repository}”不是 Mynah 可以使用的 GPT-2（根据 ${file} 判断）。`,
    '请选择页面上注明 GPT-2 的模型，例如 huggingtweets 的模型。',
  ],
  'not-the-hub': ({ repository }) => [
    `收到的是网页，而不是“${repository}”的文件，因此回应的不是 Hub。`,
    '如果你的网络需要登录，请先登录；否则请检查 Hub 的地址。然后重试。',
  ],
  'rate-limited': ({ retryAfterSeconds }) => [
    '来自此网络的请求太多，Hub 暂时拒绝。',
    retryAfterSeconds === undefined
      ? '请过几分钟重试。下载会从中断处继续。'
      : `请在 ${formatDuration(retryAfterSeconds)}后重试。下载会从中断处继续。`,
  ],
  offline: ['无法连接 Hub。', '请检查网络连接，然后重试。下载会从中断处继续。'],
  'not-allowed': [
    '此页面不能访问该地址：它自己的规则只允许 Hub 的主机。',
    '请把 Hub 的地址改回来，或请此页面的运营者允许该镜像。',
  ],
  server: ({ status }) => [
    status === undefined ? 'Hub 出现了问题。' : `Hub 出现了问题（响应 ${status}）。`,
    '请过几分钟重试。下载会从中断处继续。',
  ],
  stalled: ['下载途中 Hub 不再响应。', '请检查网络连接，然后重试。下载会从中断处继续。'],
  truncated: ({ file }) => [
    file === undefined ? 'Hub 上有一个文件不完整。' : `Hub 上的“${file}”不完整。`,
    '请稍后重试；如果仍然如此，说明那里的模型已损坏。',
  ],
  damaged: ({ file }) => [
    file === undefined
      ? '收到的一个文件已损坏，因此已丢弃。'
      : `收到的“${file}”已损坏，因此已丢弃。`,
    '请重试：只会重新获取该文件。',
  ],
  changed: ({ repository }) => [
    `获取期间，Hub 上的“${repository}”一直在变化。`,
    '请过几分钟重试。',
  ],
};

export const downloadErrors: ErrorTable<'model-download' | 'site-download'> = {
  'site-download': ({ file, status }) => ({
    sentence:
      status === undefined ? `无法加载“${file}”。` : `无法加载“${file}”（服务器响应 ${status}）。`,
    nextStep: '请检查网络连接，然后重试。',
  }),
  'model-download': wordsBy('reason', DOWNLOAD),
};
