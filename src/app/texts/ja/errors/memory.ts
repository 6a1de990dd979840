/** What the page says where memory or storage is short. */
import type { ErrorDetails, TrainingMethod } from '../../../../core/errors.ts';
import { formatBytes } from '../../../format.ts';
import type { ErrorWords } from '../../error-words.ts';
import { options } from '../options.ts';

export function needed(details: {
  readonly neededBytes?: number;
  readonly availableBytes?: number;
}) {
  const { neededBytes, availableBytes } = details;
  const parts: string[] = [];
  if (neededBytes !== undefined) parts.push(`必要：${formatBytes(neededBytes)}`);
  if (availableBytes !== undefined) parts.push(`空き：${formatBytes(availableBytes)}`);
  return parts.length === 0 ? '' : `（${parts.join('、')}）`;
}

/** `このモデル全体`, `このモデル全体（「メモリーを節約」をオン）`: what is trained. */
function trained({ mode, checkpointing }: TrainingMethod): string {
  const what = mode === 'full' ? 'このモデル全体' : 'このモデルに付けるアダプター';
  return checkpointing ? `${what}（「${options.fields.checkpointing.label}」をオン）` : what;
}

/** After `…が必要ですが、`. */
const SHORTAGES: {
  readonly [R in 'too-large' | 'no-room']: string;
} = {
  'too-large': 'ここで使える量を超えています。',
  'no-room': 'グラフィックカードがそれだけの量を確保できませんでした。',
};

function shortage({ reason, neededBytes }: ErrorDetails['out-of-memory']): string {
  if (reason === 'one-buffer') {
    return '、このグラフィックカードが扱える大きさを超えるデータが必要です。';
  }
  if (neededBytes === undefined) return 'メモリーが足りません。';
  const why = reason === undefined ? 'メモリーが足りません。' : SHORTAGES[reason];
  return `${formatBytes(neededBytes)}が必要ですが、${why}`;
}

export function outOfMemory(details: ErrorDetails['out-of-memory']): ErrorWords {
  const { requested, instead, neededBytes } = details;
  if (requested === undefined) {
    return {
      sentence: `このためのメモリーが足りません${needed(details)}。`,
      nextStep:
        neededBytes === undefined
          ? 'ほかのタブを閉じ、一度に書くツイートを減らして、もう一度試してください。学習では、「詳細設定」でブロック長を短くするか、プロセッサで計算してください。'
          : 'ほかのタブを閉じるか、「詳細設定」でブロック長を短くするか、プロセッサで計算するようにして、もう一度試してください。',
    };
  }
  return {
    sentence: `${trained(requested)}の学習には${shortage(details)}`,
    nextStep: instead
      ? `「詳細設定」で、${trained(instead)}の学習を選んでください。必要な量は${formatBytes(instead.neededBytes)}です。`
      : 'より小さなベースモデルを選ぶか、ほかのタブを閉じるか、別のもので計算するようにして、もう一度試してください。',
  };
}
