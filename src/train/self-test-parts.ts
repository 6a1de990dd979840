/**
 * The parts of the self-test in the sizes of real models: what each runs on the device, and how the host sees
 * whether the results are right.
 */

import { complete } from '../core/parts.ts';
import { must } from '../core/assert.ts';
import type { GradientSlot, Tensor } from '../ops/operands.ts';
import type { Ops } from '../ops/ops.ts';
import {
  at,
  attentionOnHost,
  D,
  dot,
  headOnHost,
  matches,
  noise,
  PROMPT,
  sampledLogits,
  SEQUENCES as B,
  samplingPlan,
  drawnTokens,
  V,
  type Values,
} from './self-test-host.ts';

/** What was computed wrongly; `second submission` if it was right only the first time. */
export type FaultAtSize =
  | 'attention'
  | 'product'
  | 'split product'
  | 'single row'
  | 'low-rank update'
  | 'float16 weights'
  | 'vocabulary'
  | 'sampler'
  | 'large buffer'
  | 'second submission';

export interface Part {
  readonly name: FaultAtSize;
  /** Encodes the operations before it waits for their results for the first time. */
  readonly run: () => Promise<Values[]>;
  readonly isRight: (found: readonly Values[]) => boolean;
}

/** The width of GPT-2's layers. */
const C = 768;
/**
 * Enough rows for a product in tiles that isn't split, and too many for the kernels of decoding. Software adapters
 * split nothing and take seconds for what a card does in a millisecond: there, more rows than a workgroup computes.
 */
const [MANY, MANY_FOR_SOFTWARE, FEW] = [512, 72, 32];
/** Rows of the head, of which two have a target. */
const [HEAD_ROWS, HEAD_ROWS_FOR_SOFTWARE] = [16, 6];

const isSoftware = ({ deviceMemory }: Ops): boolean => deviceMemory?.adapter.isSoftware ?? false;

/** Reads results of one part and disposes them. */
async function read(ops: Ops, ...tensors: Tensor[]): Promise<Float32Array[]> {
  try {
    return await Promise.all(tensors.map((tensor) => ops.read(tensor)));
  } finally {
    for (const tensor of tensors) tensor.dispose();
  }
}

/** Has a tensor disposed when all parts have run. */
type Keep = (tensor: Tensor) => Tensor;

export function partsAtSize(ops: Ops, keep: Keep): Part[] {
  return [
    attentionPart(ops, keep),
    ...linearParts(ops, keep),
    ...vocabularyParts(ops, keep),
    ...samplerPart(ops),
    ...largeBufferPart(ops),
  ];
}

/* ------------------------------------------------------------------ attention */

/** Two heads of 64, forward and backward, over several blocks of positions of which the last isn't full. */
function attentionPart(ops: Ops, keep: Keep): Part {
  const [T, nHead] = [140, 2];
  const shape = { B: 1, T, nHead };
  const width = nHead * D;
  const qkv = noise(T * 3 * width, 1, 8);
  const dy = noise(T * width, 2);
  const x = keep(ops.tensor(qkv, [T, 3 * width]));
  const gradient = keep(ops.tensor(dy, [T, width]));
  return {
    name: 'attention',
    run: () => {
      const { y, saved } = ops.attention(x, shape, undefined);
      const dqkv = ops.attentionBackward(gradient, y, x, saved, shape, undefined);
      for (const tensor of saved) tensor.dispose();
      return read(ops, y, dqkv);
    },
    isRight: ([y, dqkv]) => {
      const wanted = attentionOnHost(qkv, dy, T, nHead);
      const isSame = (found: Values | undefined, all: Values) =>
        matches(found, 1, (i) => at(all, i), all.length);
      return isSame(y, wanted.y) && isSame(dqkv, wanted.dqkv);
    },
  };
}

/* ------------------------------------------------------------------ linear layers */

/** Layers of 768 channels: many rows, few rows and one row, and a sum over 3,072 that hardware splits. */
function linearParts(ops: Ops, keep: Keep): Part[] {
  const rows = isSoftware(ops) ? MANY_FOR_SOFTWARE : MANY;
  const x = noise(rows * C, 3);
  const w = noise(C * C, 4);
  const b = noise(C, 5, 8);
  const rank = 8;
  const [a, up] = [noise(rank * C, 6), noise(C * rank, 7)];
  const inner = 4 * C;
  const [wide, narrow] = [noise(FEW * inner, 8), noise(inner * D, 9)];
  const onDevice = (data: Float32Array, count: number) =>
    keep(ops.tensor(data, [count, data.length / count]));
  const many = onDevice(x, rows);
  const few = onDevice(x.subarray(0, FEW * C), FEW);
  const one = onDevice(x.subarray(0, C), 1);
  const weight = onDevice(w, C);
  const halves = keep(ops.weight(w, [C, C], 'f16'));
  const bias = keep(ops.tensor(b, [C]));
  const shortBias = keep(ops.tensor(b.subarray(0, D), [D]));
  const update = { a: onDevice(a, rank), b: onDevice(up, C), scale: 2 };
  const deep = onDevice(wide, FEW);
  const deepWeight = onDevice(narrow, inner);
  const norm = { gain: bias, bias, epsilon: 1e-5 };

  const linear = (row: number, column: number) => at(b, column) + dot(x, row * C, w, column, C, C);
  const low = Float32Array.from({ length: FEW * rank }, (_, i) =>
    dot(x, Math.floor(i / rank) * C, a, (i % rank) * C, 1, C),
  );
  const mean = x.subarray(0, C).reduce((sum, value) => sum + value, 0) / C;
  const variance = x.subarray(0, C).reduce((sum, value) => sum + (value - mean) ** 2, 0) / C;
  const normalized = Float32Array.from(
    b,
    (value, i) => ((at(x, i) - mean) / Math.sqrt(variance + 1e-5)) * value + value,
  );
  const activated = (column: number) => {
    const u = at(b, column) + dot(normalized, 0, w, column, C, C);
    return 0.5 * u * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (u + 0.044715 * u ** 3)));
  };
  return [
    {
      name: 'product',
      run: () => read(ops, ops.linear(many, weight, bias)),
      isRight: ([y]) => matches(y, C, linear),
    },
    {
      name: 'split product',
      run: () => read(ops, ops.linear(deep, deepWeight, shortBias)),
      isRight: ([y]) =>
        matches(y, D, (m, n) => at(b, n) + dot(wide, m * inner, narrow, n, D, inner)),
    },
    {
      name: 'single row',
      run: () => read(ops, ops.normLinear(one, norm, weight, bias, 'gelu-tanh')),
      isRight: ([y]) => matches(y, C, (_, column) => activated(column)),
    },
    {
      name: 'low-rank update',
      run: () => {
        const lowRank = { ...update, low: ops.lowRank(few, update) };
        const y = ops.linear(few, weight, bias, { lowRank });
        lowRank.low.dispose();
        return read(ops, y);
      },
      isRight: ([y]) =>
        matches(y, C, (m, n) => linear(m, n) + 2 * dot(low, m * rank, up, n * rank, 1, rank)),
    },
    {
      name: 'float16 weights',
      run: () => read(ops, ops.linear(few, halves, bias), ops.linear(one, halves, bias)),
      isRight: ([rows, row]) => matches(rows, C, linear) && matches(row, C, linear),
    },
  ];
}

/* ------------------------------------------------------------------ the head */

/** The loss and gradients of the head over the whole vocabulary, and the logits of a single row. */
function vocabularyParts(ops: Ops, keep: Keep): Part[] {
  const N = isSoftware(ops) ? HEAD_ROWS_FOR_SOFTWARE : HEAD_ROWS;
  const x = noise(N * D, 10, 4);
  const wte = noise(V * D, 11);
  const rows = keep(ops.tensor(x, [N, D]));
  const one = keep(ops.tensor(x.subarray(0, D), [1, D]));
  const table = keep(ops.weight(wte, [V, D], 'f32'));
  const targets = new Int32Array(N).fill(-100);
  // The host computes only the rows that count: one in the middle and the last.
  targets[Math.floor(N / 3)] = V - 1;
  targets[N - 1] = 7;
  // Tokens all over the table.
  const looked = Int32Array.from({ length: 64 }, (_, i) => V - 1 - Math.floor((i * (V - 1)) / 63));
  looked[1] = 7;
  const logit = (row: number, token: number) => dot(x, row * D, wte, token * D, 1, D);

  return [
    {
      name: 'vocabulary',
      run: () => {
        const dwte: GradientSlot = { value: ops.zeros([V, D]), accumulate: false };
        const { loss, dx } = complete(ops.headLossAndGradients(rows, table, targets, 1, dwte));
        const some = ops.rows(dwte.value, looked);
        dwte.value.dispose();
        return read(ops, loss, dx, some);
      },
      isRight: ([loss, dx, dwte]) => {
        const wanted = headOnHost(x, wte, targets, looked);
        // Each row of the table's gradient by itself, since those of the targets are much larger.
        const isRowRight = (_: number, n: number) =>
          matches(dwte?.subarray(n * D, (n + 1) * D), D, (_, c) => at(wanted.dwte, n * D + c));
        return (
          matches(loss, 1, () => wanted.loss) &&
          matches(dx, D, (row, c) => at(wanted.dx, row * D + c)) &&
          looked.every(isRowRight)
        );
      },
    },
    {
      name: 'single row',
      run: () => read(ops, ops.logits(one, table)),
      isRight: ([y]) => matches(y, V, logit),
    },
  ];
}

/* ------------------------------------------------------------------ the sampler */

function samplerPart(ops: Ops): Part[] {
  const prompt = { ids: new Int32Array(B).fill(PROMPT), B, T: 1 };
  const first = ops.createSampler(samplingPlan, prompt);
  if (first === null) return [];
  first.dispose();
  const logits = sampledLogits();
  return [
    {
      name: 'sampler',
      run: async () => {
        const sampler = must(ops.createSampler(samplingPlan, prompt), 'a sampler');
        const tensor = ops.tensor(logits, [B, V]);
        sampler.sample(tensor, 0);
        tensor.dispose();
        const tokens = sampler.take();
        sampler.dispose();
        return [await tokens];
      },
      isRight: ([tokens]) => drawnTokens(logits).every((token, b) => token === tokens?.[b]),
    },
  ];
}

/* ------------------------------------------------------------------ large buffers */

/** Adds to the last row of a table of more than 64 MiB, and to no other. */
function largeBufferPart(ops: Ops): Part[] {
  const width = 1024;
  const rows = 2 ** 14 + 16;
  const limits = ops.deviceMemory?.adapter.limits;
  const bytes = 4 * rows * width;
  if (!limits || Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize) < bytes) {
    return [];
  }
  const added = noise(width, 13);
  const token = { ids: Int32Array.of(rows - 1), B: 1, T: 1 };
  // The second row is where an address would be that has lost what is above 64 MiB.
  const looked = Int32Array.of(rows - 1, 15, rows - 2);
  return [
    {
      name: 'large buffer',
      run: () => {
        const table = { value: ops.zeros([rows, width]), accumulate: true };
        const position = { value: ops.zeros([1, width]), accumulate: true };
        const dx = ops.tensor(added, [1, width]);
        ops.embeddingBackward(dx, token, table, position);
        const some = ops.rows(table.value, looked);
        for (const tensor of [table.value, position.value, dx]) tensor.dispose();
        return read(ops, some);
      },
      isRight: ([some]) =>
        matches(some, width, (row, c) => (row === 0 ? at(added, c) : 0), 3 * width),
    },
  ];
}
