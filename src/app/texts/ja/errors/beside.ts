/** What stands beside an error: buttons, and what follows where the page goes on without storage. */
import type { Catalogue } from '../../catalogue.ts';

export const besideErrors: Catalogue['besideErrors'] = {
  actions: {
    'choose-files': '別のファイルを選ぶ',
    'try-sample': 'サンプルで試す',
    'try-again': 'もう一度試す',
    'compute-automatically': '自動で選ぶ',
    'restart-engine': 'エンジンを再起動',
    'reload-page': 'ページを再読み込み',
    'show-library': 'ボットの一覧へ',
  },
  noRoom: {
    sentence: '保存するための空きがありません。',
    nextStep: 'ディスクの空きを増やしてから、このページを再読み込みしてください。',
  },
};
