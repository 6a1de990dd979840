/** Controls that occur in several places. */
import { formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const controls: Catalogue['controls'] = {
  close: '关闭',
  keep: '保留',
  wholeNumber: (min, max) => `请输入 ${formatNumber(min)} 到 ${formatNumber(max)} 之间的整数。`,
  number: (min, max) => `请输入 ${formatNumber(min)} 到 ${formatNumber(max)} 之间的数。`,
  untilThen: (value) => `在此之前使用 ${value}。`,
};
