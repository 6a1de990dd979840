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
  if (neededBytes !== undefined) parts.push(`需要 ${formatBytes(neededBytes)}`);
  if (availableBytes !== undefined) parts.push(`可用 ${formatBytes(availableBytes)}`);
  return parts.length === 0 ? '' : `（${parts.join('，')}）`;
}

/** `训练整个模型`, `训练此模型的适配器并开启“节省内存”` */
function trainingPhrase({ mode, checkpointing }: TrainingMethod): string {
  const what = mode === 'full' ? '训练整个模型' : '训练此模型的适配器';
  return checkpointing ? `${what}并开启“${options.fields.checkpointing.label}”` : what;
}

/** After `需要 3.4 GB 内存，`. */
const SHORTAGES: {
  readonly [R in 'too-large' | 'no-room']: string;
} = {
  'too-large': '超出了这里可用的量。',
  'no-room': '而显卡无法提供这么多。',
};

function shortage({ reason, neededBytes }: ErrorDetails['out-of-memory']): string {
  if (reason === 'one-buffer') return '所需的单块数据超出了这块显卡能处理的大小。';
  if (neededBytes === undefined) return '所需的内存超出了可用的量。';
  const why = reason === undefined ? '超出了可用的量。' : SHORTAGES[reason];
  return `需要 ${formatBytes(neededBytes)} 内存，${why}`;
}

export function outOfMemory(details: ErrorDetails['out-of-memory']): ErrorWords {
  const { requested, instead, neededBytes } = details;
  if (requested === undefined) {
    return {
      sentence: `内存不足${needed(details)}。`,
      nextStep:
        neededBytes === undefined
          ? '请关闭其他标签页，减少一次写的推文数量，然后重试。训练时，可以在“高级设置”中设置更小的块长度，或改用处理器计算。'
          : '请关闭其他标签页，在“高级设置”中设置更小的块长度，或改用处理器计算，然后重试。',
    };
  }
  return {
    sentence: `${trainingPhrase(requested)}${shortage(details)}`,
    nextStep: instead
      ? `请在“高级设置”中选择${trainingPhrase(instead)}：这需要 ${formatBytes(instead.neededBytes)}。`
      : '请选择更小的基础模型，关闭其他标签页，或改用其他计算方式，然后重试。',
  };
}
