/** What the page says of a model or a bot that somebody brings and that can't be used. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatBytes, formatCount, formatList } from '../../../format.ts';
import {
  type ErrorTable,
  type PhrasesBy,
  phraseBy,
  type WordsBy,
  wordsBy,
} from '../../error-words.ts';
import { faultWords } from './faults.ts';

type Corrupt = ErrorDetails['model-corrupt'];

const CORRUPT: PhrasesBy<'reason', Corrupt> = {
  unreadable: ({ file }) => `ブラウザが「${file}」を読めませんでした。`,
  'too-large': ({ file }) => `「${file}」は、この種のファイルにしては大きすぎます。`,
  'cut-off': ({ file }) => `「${file}」は途中で終わっています。`,
  'not-text': ({ file }) => `「${file}」はUTF-8のテキストではありません。`,
  'not-json': ({ file }) => `「${file}」はJSONではありません。`,
  'not-a-zip': ({ file }) => `「${file}」は完全なZIPファイルではありません。`,
  'missing-tensor': ({ file, part }) => `「${file}」にテンソル${named(part)}がありません。`,
  'repeated-tensor': ({ file, part }) => `「${file}」にテンソル${named(part)}が2つあります。`,
  'not-finite': ({ file, part }) =>
    `「${file}」のテンソル${named(part)}に、数ではない値があります。`,
  malformed: ({ file, fault }) => `「${file}」は壊れています（${faultWords(fault)}）。`,
};
const corrupt = phraseBy('reason', CORRUPT);

function named(part: string | undefined): string {
  return part === undefined ? '' : `「${part}」`;
}

function nextStepAfter({ reason, repository }: Corrupt): string {
  if (repository !== undefined) {
    return 'Hub上のファイルがこの状態なので、ダウンロードし直しても直りません。別のモデルを選んでください。';
  }
  return reason === 'unreadable'
    ? 'ファイルがまだそこにあり、変更されていないか確かめてから、もう一度追加してください。'
    : 'そのファイルを元の場所から取得し直して、すべてのファイルをもう一度追加してください。';
}

const CHOOSE_GPT2 =
  'GPT-2を選んでください。config.json、トークナイザー、そしてmodel.safetensorsまたはpytorch_model.binの入ったフォルダーです。';

const UNSUPPORTED: WordsBy<'what', ErrorDetails['unsupported']> = {
  setting: ({ name, found, expected, file }) => [
    `Mynahはこのモデルを使えません。「${file}」の${name}が${expected}ではなく${found}です。`,
    CHOOSE_GPT2,
  ],
  'missing-token': ({ expected, file }) => [
    `Mynahはこのモデルを使えません。「${file}」にトークン${expected}がありません。`,
    CHOOSE_GPT2,
  ],
  tensor: ({ found, file }) => [
    `Mynahはこのモデルを使えません。「${file}」に、GPT-2にはないテンソル${found}があります。`,
    CHOOSE_GPT2,
  ],
  gguf: ({ name, found, file }) => [
    `このボットはGGUFにできません。「${file}」の${name}が${found}ですが、llama.cppのGPT-2はこれに対応していません。`,
    '代わりにtransformers向けにエクスポートしてください。',
  ],
  'onnx-size': ({ byteLength }) => [
    `このボットはONNXファイルにできません。重みが${formatBytes(byteLength)}あり、この形式の上限の2 GBを超えます。`,
    '代わりにtransformers向けか、GGUFでエクスポートしてください。',
  ],
  'lfs-pointer': ({ file }) => [
    `「${file}」はファイルそのものではなく、それを指すGit LFSポインターです。`,
    'そのフォルダーで「git lfs pull」を実行するか、ファイルそのものをダウンロードしてから、モデルをもう一度追加してください。',
  ],
  'big-endian': ({ file }) => [
    `「${file}」は、バイト順の異なるコンピュータで保存されたものです。`,
    '代わりに、モデルのmodel.safetensorsを使ってください。',
  ],
  'pickle-code': ({ found, file }) => [
    `「${file}」は${found}を求めていますが、重みだけならこれは不要です。何も実行していません。`,
    'モデルのmodel.safetensorsか、信頼できる人のモデルを使ってください。',
  ],
  'encrypted-zip': ({ file }) => [
    `「${file}」はパスワードで保護されています。`,
    'パスワードを使って展開してから、そのフォルダーを追加してください。',
  ],
  'zip-compression': ({ file }) => [
    `「${file}」は、Mynahが読めない方法で圧縮されています。`,
    '自分で展開してから、そのフォルダーを追加してください。',
  ],
  'bot-format': ({ found, expected, file }) => [
    `「${file}」は別のバージョンのMynahで作られました。形式は${found}ですが、このバージョンが読めるのは${expected}です。`,
    'ページを再読み込みして最新のバージョンにするか、このバージョンでボットをエクスポートし直してください。',
  ],
};

const CHOOSE_RUN_FILE =
  'ここか別のブラウザの学習記録のページでエクスポートした、JSONファイルを選んでください。';

const RUN_FILE: WordsBy<'reason', ErrorDetails['run-file-unreadable']> = {
  unreadable: ({ file }) => [
    `ブラウザが「${file}」を読めませんでした。`,
    'ファイルがまだそこにあり、変更されていないか確かめてから、もう一度読み込んでください。',
  ],
  'too-large': ({ file }) => [
    `「${file}」は、学習記録のファイルにしては大きすぎます。`,
    CHOOSE_RUN_FILE,
  ],
  'not-json': ({ file }) => [`「${file}」はJSONではありません。`, CHOOSE_RUN_FILE],
  'no-runs': ({ file }) => [`「${file}」にMynahの学習記録はありません。`, CHOOSE_RUN_FILE],
  'other-version': ({ file }) => [
    `「${file}」は別のバージョンのMynahでエクスポートされたもので、このバージョンではその学習記録を読めません。`,
    'ページを再読み込みして最新のバージョンにするか、このバージョンで学習記録をエクスポートし直してください。',
  ],
  damaged: ({ file, fault }) => [
    `「${file}」は壊れています（${faultWords(fault)}）。学習記録は1件も読み込みませんでした。`,
    '元の場所で学習記録をエクスポートし直してください。',
  ],
};

export const modelErrors: ErrorTable<
  | 'model-corrupt'
  | 'unsupported'
  | 'run-file-unreadable'
  | 'model-file-missing'
  | 'adapter-base-needed'
  | 'model-needed'
  | 'tokenizer-mismatch'
> = {
  'model-corrupt': (details) => ({
    sentence: corrupt(details),
    nextStep: nextStepAfter(details),
  }),
  unsupported: wordsBy('what', UNSUPPORTED),
  'run-file-unreadable': wordsBy('reason', RUN_FILE),
  'model-file-missing': ({ file, alternatives }) => ({
    sentence:
      alternatives.length === 0
        ? `モデルに「${file}」がありません。`
        : `モデルに「${[file, ...alternatives].join('」も「')}」もありません。`,
    nextStep:
      'モデルのフォルダー全体を追加してください。config.json、トークナイザー、重みが必要です。',
  }),
  'adapter-base-needed': ({ base }) => ({
    sentence:
      base === null
        ? 'これはモデルの上で動くアダプターですが、どのモデルのものか書かれていません。'
        : `これはモデル「${base}」の上で動くアダプターですが、そのモデルはここに保存されていません。`,
    nextStep:
      'モデルが別の名前であれば、下で選んでください。なければ、手順2で追加するかダウンロードしてから、アダプターをもう一度開いてください。',
  }),
  'model-needed': ({ bots, deletedBots = [] }) => ({
    sentence: `このモデルは、${formatList([
      ...bots.map((name) => `「${name}」`),
      ...deletedBots.map((name) => `「${name}」（削除済み。ページの再読み込みで完全に消えます）`),
    ])}がまだ必要としています。`,
    nextStep: '先にそれらのボットを削除するか、モデルを残してください。',
  }),
  'tokenizer-mismatch': ({ tokenizerSize, modelSize }) => ({
    sentence: `トークナイザーがモデルに合いません。トークナイザーのトークン数は${formatCount(tokenizerSize)}、モデルのトークン数は${formatCount(modelSize)}です。`,
    nextStep: '専用のトークナイザーが入ったモデルのフォルダーを使ってください。',
  }),
};
