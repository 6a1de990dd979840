/** What an export holds only if it is asked for. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const exportExtras: Catalogue['exportExtras'] = {
  picture: '在模型卡片中加入账号的头像',
  optimizer: (bytes) =>
    `在完整模型中加入优化器状态（增加 ${formatBytes(bytes)}），以便在别处继续训练`,
};
