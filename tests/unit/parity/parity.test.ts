/** The program itself, bundled and run as `npm run parity` does, against PyTorch's numbers. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';
import { parameterShapes } from '../../../src/model/weights.ts';
import { createSafetensors } from '../../parity/safetensors-file.ts';
import { createDawnDevice } from '../../support/dawn.ts';
import { type Golden, parseGolden, relativeError } from '../../support/goldens.ts';

const golden = parseGolden(readFileSync('tests/goldens/tiny.safetensors'));
const folder = mkdtempSync(join(tmpdir(), 'mynah-parity-'));
const hasGpu = (await createDawnDevice()) !== null;

/** The golden's weights as a folder of the Hub: its prefix, and a mask that is no parameter. */
function writeFolder({ config, get }: Golden): void {
  const { nLayer, nHead, nEmbd, blockSize, vocabSize } = config;
  const json = { model_type: 'gpt2', n_layer: nLayer, n_head: nHead, n_embd: nEmbd };
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({ ...json, n_positions: blockSize, vocab_size: vocabSize }),
  );
  const shapes = parameterShapes(config);
  const file = createSafetensors(
    join(folder, 'model.safetensors'),
    new Map([
      ...Array.from(shapes, ([name, shape]) => [`transformer.${name}`, shape] as const),
      ['transformer.h.0.attn.bias', [1, 1, blockSize, blockSize]],
    ]),
  );
  for (const name of shapes.keys()) file.write(`transformer.${name}`, get(`w.${name}`));
  file.write('transformer.h.0.attn.bias', new Float32Array(blockSize * blockSize).fill(1));
  file.close();
}

function writeBatch({ get, shape, optimizer }: Golden): void {
  const [B, T] = shape('idx') as [number, number];
  const rows = (name: string) =>
    Array.from({ length: B }, (_, b) => [...get(name).slice(b * T, (b + 1) * T)]);
  writeFileSync(
    join(folder, 'batch.json'),
    JSON.stringify({ inputs: rows('idx'), targets: rows('targets'), optimizer }),
  );
}

function run(ops: string, ...more: string[]): { out: Golden; losses: number[] } {
  const outFile = join(folder, `${ops}.safetensors`);
  const files = ['--model', folder, '--batch', join(folder, 'batch.json'), '--out', outFile];
  const text = execFileSync(
    process.execPath,
    ['.cache/parity/parity.mjs', ...files, '--steps', '10', '--ops', ops, ...more],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const { losses } = JSON.parse(text) as { losses: number[] };
  return { out: parseGolden(readFileSync(outFile)), losses };
}

beforeAll(async () => {
  writeFolder(golden);
  writeBatch(golden);
  await build({ configFile: 'tests/parity/vite.config.ts' });
});

describe('npm run parity', () => {
  test.for([
    { ops: 'portable', isHere: true },
    { ops: 'webgpu', isHere: hasGpu },
  ])('a tiny folder gives the numbers of PyTorch ($ops)', ({ ops, isHere }, { skip }) => {
    skip(!isHere, 'no Vulkan driver');
    const { out, losses } = run(ops, '--checkpointing');
    const errors: Record<string, number> = {};
    const compare = (name: string, expected: Float32Array, limit: number) => {
      const error = relativeError(out.get(name), expected);
      if (!(error < limit)) errors[name] = error;
    };
    for (const name of ['logits', 'loss', 'losses']) compare(name, golden.get(name), 1e-4);
    for (const name of parameterShapes(golden.config).keys()) {
      compare(`grad.${name}`, golden.get(`g.${name}`), 1e-4);
      // Softmax doesn't see the keys' bias: its gradient is noise, which AdamW scales up.
      if (!name.endsWith('c_attn.bias')) compare(`param.${name}`, golden.get(`p.${name}`), 1e-3);
    }
    expect(errors).toEqual({});
    expect(Float32Array.from(losses)).toEqual(out.get('losses'));
    expect(out.shape('logits')).toEqual(golden.shape('logits'));
  });
});
