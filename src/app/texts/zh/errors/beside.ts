/** What stands beside an error: buttons, and what follows where the page goes on without storage. */
import type { Catalogue } from '../../catalogue.ts';

export const besideErrors: Catalogue['besideErrors'] = {
  actions: {
    'choose-files': '选择其他文件',
    'try-sample': '试用示例',
    'try-again': '重试',
    'compute-automatically': '自动选择',
    'restart-engine': '重启引擎',
    'reload-page': '重新加载页面',
    'show-library': '前往你的机器人',
  },
  noRoom: {
    sentence: '没有剩余空间可以存储内容。',
    nextStep: '请释放一些磁盘空间，然后重新加载此页面。',
  },
};
