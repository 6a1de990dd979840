import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived: '没有收到 Mynah 能读取的内容。请再分享一次，或在这里选择文件。',
};
