/** What the page says when the engine stops, is busy or can't compute as it was asked to. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatCount } from '../../../format.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';

const BACKEND_UNAVAILABLE: {
  readonly [R in ErrorDetails['backend-unavailable']['reason']]: string;
} = {
  'no-webgpu': 'このブラウザはWebGPUに対応していないため、グラフィックカードで計算できません。',
  'no-adapter': 'このブラウザには、計算に使えるグラフィックカードがありません。',
  'no-webassembly': 'このブラウザではWebAssemblyが動きません。',
};

const DEVICE_LOST: {
  readonly [R in ErrorDetails['device-lost']['reason']]: (detail?: string) => string;
} = {
  driver: (detail) => `グラフィックカードが応答しなくなりました${inBrackets(detail)}。`,
  silent: () => 'グラフィックカードが応答しなくなりました。',
  failed: (detail) => `グラフィックカードがエラーを報告しました${inBrackets(detail)}。`,
  wrong: () => 'グラフィックカードが誤った数値を返しました。',
  replaced: () => '計算に使うものが途中で変更されたため、止まりました。',
};

const WORKER_LOST: WordsBy<'reason', ErrorDetails['worker-lost']> = {
  'not-loaded': ({ detail }) => [
    `エンジンを読み込めませんでした${inBrackets(detail)}。`,
    '接続を確かめてから、ページを再読み込みしてください。',
  ],
  crashed: ({ detail }) => [
    `エラーのためエンジンが止まりました${inBrackets(detail)}。`,
    '保存したものは失われていません。再起動して、続きから進めてください。',
  ],
  'unreadable-message': [
    'エンジンから、ページが読めないものが送られてきました。',
    '保存したものは失われていません。ページを再読み込みしてください。',
  ],
  terminated: [
    'エンジンが停止されました。',
    '保存したものは失われていません。再起動して、続きから進めてください。',
  ],
};

const BUSY: WordsBy<'reason', ErrorDetails['busy']> = {
  'another-tab': [
    'Mynahは別のタブで開いています。',
    'そちらで続けるか、そのタブを閉じてからここでもう一度試してください。',
  ],
  training: ['ボットが学習中です。', '終わるまで待つか、先に一時停止してください。'],
  importing: ['まだツイートを読み込んでいます。', '終わるまで待ってから、もう一度試してください。'],
  generating: ['まだツイートを書いています。', '終わるまで待つか、先に止めてください。'],
  downloading: ['モデルをダウンロードしています。', '終わるまで待つか、先に一時停止してください。'],
};

export const engineErrors: ErrorTable<
  | 'backend-unavailable'
  | 'device-lost'
  | 'worker-lost'
  | 'busy'
  | 'loss-not-finite'
  | 'cancelled'
  | 'internal'
> = {
  'backend-unavailable': ({ reason }) => ({
    sentence: BACKEND_UNAVAILABLE[reason],
    nextStep: 'このブラウザで動くものを、Mynahに選ばせてください。',
  }),
  'device-lost': ({ reason, detail }) => ({
    sentence: DEVICE_LOST[reason](detail),
    nextStep: '保存したものは失われていません。エンジンを再起動して、続きから進めてください。',
  }),
  'worker-lost': wordsBy('reason', WORKER_LOST),
  busy: wordsBy('reason', BUSY),
  'loss-not-finite': ({ step }) => ({
    sentence: `数値が際限なく大きくなったため、学習はステップ${formatCount(step)}で失敗しました。`,
    nextStep: '「詳細設定」で学習率を小さくして、もう一度学習させてください。',
  }),
  cancelled: () => ({
    sentence: 'キャンセルしました。',
    nextStep: 'いつでもまた始められます。',
  }),
  internal: ({ message }) => ({
    sentence: `Mynahの内部で問題が起きました（${message}）。`,
    nextStep: 'もう一度試してください。また起きたら、エンジンを再起動してください。',
  }),
};
