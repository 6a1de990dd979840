/** Controls that occur in several places. */
import { formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const controls: Catalogue['controls'] = {
  close: '閉じる',
  keep: '残す',
  wholeNumber: (min, max) =>
    `${formatNumber(min)}から${formatNumber(max)}までの整数を入力してください。`,
  number: (min, max) => `${formatNumber(min)}から${formatNumber(max)}までの数を入力してください。`,
  untilThen: (value) => `それまでは${value}を使います。`,
};
