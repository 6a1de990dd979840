/**
 * Makes a folder of {@link randomGpt2}.
 *
 *   npx tsx tests/random-gpt2/make.ts OUT [--layers 12] [--channels 768] [--heads 12] [--context 1024]
 *     [--dtype F32|F16|BF16] [--shards 1] [--tokenizer json|older] [--seed 1]
 */

import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gpt2Small, type RandomGpt2, randomGpt2 } from './random-gpt2.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    layers: { type: 'string' },
    channels: { type: 'string' },
    heads: { type: 'string' },
    context: { type: 'string' },
    dtype: { type: 'string' },
    shards: { type: 'string' },
    tokenizer: { type: 'string' },
    seed: { type: 'string' },
  },
});
const [out] = positionals;
if (out === undefined) throw new Error('usage: npx tsx tests/random-gpt2/make.ts OUT');

function count(key: 'layers' | 'channels' | 'heads' | 'context' | 'shards' | 'seed'): number {
  const value = Number(values[key] ?? gpt2Small[key]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${key} is a whole number from 1`);
  return value;
}

function choice<T extends string>(key: 'dtype' | 'tokenizer', choices: readonly T[], usual: T): T {
  const chosen = choices.find((c) => c === (values[key] ?? usual));
  if (chosen === undefined) throw new Error(`--${key} is one of ${choices.join(', ')}`);
  return chosen;
}

const options: RandomGpt2 = {
  layers: count('layers'),
  channels: count('channels'),
  heads: count('heads'),
  context: count('context'),
  dtype: choice('dtype', ['F32', 'F16', 'BF16'], gpt2Small.dtype),
  shards: count('shards'),
  tokenizer: choice('tokenizer', ['json', 'older'], gpt2Small.tokenizer),
  seed: count('seed'),
};

mkdirSync(out, { recursive: true });
for (const file of randomGpt2(options)) {
  const to = openSync(`${out}/${file.name}`, 'w');
  for (const piece of file.pieces()) {
    for (let done = 0; done < piece.byteLength; ) done += writeSync(to, piece, done);
  }
  closeSync(to);
  console.log(`${file.name}: ${file.byteLength.toLocaleString('en')} bytes`);
}
