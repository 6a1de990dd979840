/** The models that are suggested by what was typed, or by the language of the tweets. */
import { formatBytes, formatMillions } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const suggested: Catalogue['suggested'] = {
  hint: '一种语言（例如“中文”或“德语”）、“所有者/名称”形式的模型名，或模型页面的地址。',
  forTweets: '这些模型懂你推文的语言：',
  forTyped: '这些来自此页面自带的列表。在你下载之前，不会询问 Hub：',
  facts: (parameters, licence) => `${formatMillions(parameters)} 参数 · 许可证 ${licence}`,
  factsWithoutLicence: (parameters) => `${formatMillions(parameters)} 参数 · 其页面未注明许可证`,
  download: (bytes) => `下载 ${formatBytes(bytes)}`,
  use: '使用',
};
