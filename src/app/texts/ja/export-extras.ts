/** What an export holds only if it is asked for. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const exportExtras: Catalogue['exportExtras'] = {
  picture: 'モデルカードにアカウントの画像を入れる',
  optimizer: (bytes) =>
    `モデル全体にオプティマイザーの状態を含める（${formatBytes(bytes)}増）。ほかの場所で学習を続けられます`,
};
