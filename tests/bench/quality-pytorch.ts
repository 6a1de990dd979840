/** Trains by a recipe in PyTorch, on the very batches that our trainer would read. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Recipe } from '../../src/domain/recipe.ts';
import { documentStarts } from '../../src/train/batches.ts';
import type { TrainingStream } from '../../src/train/training-stream.ts';
import { cosineLearningRate } from '../../src/train/learning-rate.ts';
import { tokensPerStep } from '../../src/train/recipe.ts';

/** One line of `quality.py`. */
export interface Line {
  readonly step: number;
  /** The mean of a held-out token. */
  readonly loss: number;
  readonly minutes: number;
  /** Of the last line only: the share of the training in the best mixture, and its loss. */
  readonly mixture?: { readonly share: number; readonly loss: number };
}

/**
 * Calls `onLine` after the steps in `scoreAfter` and after so many minutes of training, and last with the best
 * mixture. Throws if Python fails.
 */
export async function trainInPyTorch(
  {
    model,
    recipe,
    stream,
    heldOut,
    config: { endOfTextId, blockSize },
    scoreAfter,
    minuteMarks,
    losses,
  }: {
    readonly model: string;
    readonly recipe: Recipe;
    readonly stream: TrainingStream;
    readonly heldOut: readonly Int32Array[];
    readonly config: { readonly endOfTextId: number; readonly blockSize: number };
    readonly scoreAfter: readonly number[];
    readonly minuteMarks: readonly number[];
    /** Above 0: only so many steps are made, and there is one line, with their losses. */
    readonly losses: number;
  },
  onLine: (line: Line | { readonly losses: readonly number[] }) => void,
): Promise<void> {
  if (recipe.mode.kind === 'lora') throw new Error('--backend pytorch trains whole models only');
  const {
    blockLength: T,
    totalSteps,
    learningRate,
    warmup,
    finalRate,
    adamw,
    dropout,
    seed,
  } = recipe;
  const blocksPerStep = tokensPerStep(recipe) / T;
  const steps = Array.from({ length: totalSteps }, (_, step) => ({
    rate: cosineLearningRate(step, totalSteps, learningRate, warmup, finalRate),
    blocks: Array.from({ length: blocksPerStep }, (_, b) => {
      const { ids, targets } = stream.block(step * blocksPerStep + b, T);
      const starts =
        recipe.attention === 'document'
          ? documentStarts(ids, T, endOfTextId, blockSize)
          : new Int32Array(T);
      return { ids: [...ids], targets: [...targets], starts: [...starts] };
    }),
  }));
  const job = {
    ...{ model, steps, adamw, dropout, seed, endOfTextId, scoreAfter, minuteMarks, losses },
    mixes: recipe.mixesWithBase,
    heldOut: heldOut.map((ids) => [...ids]),
  };
  const python = spawn(process.env['PYTHON'] ?? 'python3', ['tests/bench/quality.py'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // If Python dies while it reads, its exit code says more than the broken pipe.
  python.stdin.on('error', () => {});
  python.stdin.end(JSON.stringify(job));
  let text = '';
  python.stdout.on('data', (chunk: Buffer) => {
    const lines = (text + chunk.toString()).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines)
      onLine(JSON.parse(line) as Line | { readonly losses: readonly number[] });
  });
  const [code] = (await once(python, 'close')) as [number | null];
  if (code !== 0) {
    throw new Error(
      `quality.py ended with ${code}: set PYTHON to an interpreter with torch and transformers`,
    );
  }
}
