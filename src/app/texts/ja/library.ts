/** The list of bots, and what can be done with them. */
import { formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const library: Catalogue['library'] = {
  newBot: '新しいボット',
  empty: '学習させたボットはここに表示されます。このブラウザの中に残ります。',

  trainMore: '追加学習',
  continue: '続ける',
  export: 'エクスポート',
  exportOf: (name) => `${name}をエクスポート`,
  rename: '名前を変更',
  renameOf: (name) => `${name}の名前を変更`,
  duplicate: '複製',
  duplicateOf: (name) => `${name}を複製`,
  delete: '削除',
  deleteOf: (name) => `${name}を削除`,
  noTweets: 'ツイートが削除されているため、このボットは追加学習できません。',
  from: (dataset) => `${dataset}から`,
  tweets: (count) => `ツイート${formatCount(count)}件`,
  quiz: (right, pairs) => `本物かボットか：${formatCount(pairs)}組中${formatCount(right)}組を識別`,
  inTraining: (step, steps) =>
    steps === null
      ? `学習中：ステップ${formatCount(step)}`
      : `学習中：ステップ${formatCount(step)} / ${formatCount(steps)}`,
  paused: (step, steps) => `ステップ${formatCount(step)} / ${formatCount(steps)}で一時停止中`,
  interrupted: (step, steps) => `ステップ${formatCount(step)} / ${formatCount(steps)}で中断`,
  steps: (count) => `${formatCount(count)}ステップ`,
  stepsWithLoss: (count, loss) => `${formatCount(count)}ステップ、損失 ${loss}`,

  /* Export */
  exportPromise: 'ファイルはZIPです。あなたのツイートは含まれません。',
  writingFile: 'ファイルを書き込み中',
  starting: '開始しています',
  cancel: 'キャンセル',
  close: '閉じる',
  forMynah: 'MynahとHugging Face向け',
  forMynahPrograms: '「ボットを開く」、transformers、Hub',
  forGguf: 'GGUF',
  forPages: 'ウェブページ向け',
  files: {
    full: (bold, bytes) => [bold('完全な精度'), ` ${formatBytes(bytes)} · ここにあるまま`],
    half: (bold, bytes) => [bold('半分のサイズ'), ` ${formatBytes(bytes)} · わずかに丸める`],
    adapter: (bold, italic, bytes) => [
      bold('アダプターのみ'),
      ` ${formatBytes(bytes)} · `,
      italic('PEFT'),
      '向け（ベースモデルも必要）',
    ],
    Q8_0: (bold, bytes) => [
      bold('GGUF、8ビット'),
      ` ${formatBytes(bytes)} · 最小のファイル、丸めは大きめ`,
    ],
    F16: (bold, bytes) => [bold('GGUF、16ビット'), ` ${formatBytes(bytes)} · わずかに丸める`],
    F32: (bold, bytes) => [bold('GGUF、32ビット'), ` ${formatBytes(bytes)} · ここにあるまま`],
    onnx: (bold, bytes) => [bold('ONNX'), ` ${formatBytes(bytes)} · ここにあるまま`],
  },
  zipArchive: 'ZIPファイル',

  /* Open */
  readingBot: 'ボットを読み込み中',
  opening: '開いています',
  openHint: 'MynahがエクスポートしたZIPファイル、GPT-2のファイル、またはPEFTのアダプター',
  openWithModel: 'このモデルで開く',
  openedFromFile: 'ファイルから開いたもの',
  modelGone: '今はないモデル',

  /* Name and picture */
  nameOfBot: 'ボットの名前',
  pictureOfBot: 'ボットの画像',
  save: '保存',
  mynaBird: '九官鳥',
  accountPicture: 'アカウントの画像',
  emoji: {
    '🦜': 'オウム',
    '🐦': '鳥',
    '🦉': 'フクロウ',
    '🐧': 'ペンギン',
    '🦩': 'フラミンゴ',
    '🐔': 'ニワトリ',
    '🤖': 'ロボット',
    '👻': 'おばけ',
    '🎩': 'シルクハット',
    '🧠': '脳',
    '🔥': '火',
    '🌶️': '唐辛子',
    '🌈': '虹',
    '🌙': '月',
    '☕': 'コーヒー',
    '🎸': 'ギター',
    '📚': '本',
  },

  /* Training further */
  trainMoreOf: (name) => `${name}を追加学習`,
  createsVersion: (version) => `学習を続け、バージョン${formatCount(version)}を作ります。`,
  createsVersionOnSame: (version) =>
    `同じツイートで学習を続け、バージョン${formatCount(version)}を作ります。`,
  moreEpochs: (count) => `あと${formatCount(count)}エポック`,
  withNewer: (count) => `新しいツイートも使う（+${formatCount(count)}）`,
  asKeptNow: (count) => `今の選び方のツイートを使う（${formatCount(count)}）`,
  sameAsBefore: (count) => `前と同じツイートを使う（${formatCount(count)}）`,

  /* Versions */
  versions: (count) => `${formatCount(count)}個のバージョン`,
  version: (number) => `バージョン${formatCount(number)}`,
  deleteVersion: (number, name) => `${name}のバージョン${formatCount(number)}を削除`,
  atStep: (step) => `ステップ${formatCount(step)}`,
  lossIs: (loss) => `損失 ${loss}`,

  hasBeenDeleted: (bold, name) => [bold(name), 'と、それが書いたものをすべて削除しました。'],
  undo: '元に戻す',
  deletePermanently: '完全に削除',
};
