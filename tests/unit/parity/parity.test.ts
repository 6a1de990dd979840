/** The program itself, bundled and run as `npm run parity` does, against PyTorch's numbers. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';
import { shapeName, TILE_SHAPES } from '../../../src/gpu/kernels/tile-shapes.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { createSafetensors } from '../../parity/safetensors-file.ts';
import { createDawnDevice, onlyWithDevice } from '../../support/dawn.ts';
import { type Golden, parseGolden, relativeError } from '../../support/goldens.ts';

const golden = parseGolden(readFileSync('tests/goldens/tiny.safetensors'));
const lora = parseGolden(readFileSync('tests/goldens/tiny-lora.safetensors'));
const folder = mkdtempSync(join(tmpdir(), 'mynah-parity-'));
const dawn = await createDawnDevice();

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

/** The golden's adapter as PEFT saves it. */
function writeAdapter({ metadata, names, get, shape }: Golden): void {
  const { rank, alpha } = JSON.parse(metadata['lora'] ?? '{}') as { rank: number; alpha: number };
  const target_modules = ['c_attn', 'c_proj', 'c_fc'];
  writeFileSync(
    join(folder, 'adapter_config.json'),
    JSON.stringify({ peft_type: 'LORA', r: rank, lora_alpha: alpha, target_modules, bias: 'none' }),
  );
  const stored = names.filter((name) => name.startsWith('a.'));
  const peft = (name: string) => `base_model.model.transformer.${name.slice('a.'.length)}`;
  const file = createSafetensors(
    join(folder, 'adapter_model.safetensors'),
    new Map(stored.map((name) => [peft(name), shape(name)])),
  );
  for (const name of stored) file.write(peft(name), get(name));
  file.close();
}

/** The same as a file alone, which doesn't say alpha: B takes what is missing to PEFT's 8. */
function writeAdapterAlone({ metadata, names, get, shape }: Golden): string {
  const { alpha } = JSON.parse(metadata['lora'] ?? '{}') as { alpha: number };
  const path = join(mkdtempSync(join(tmpdir(), 'mynah-adapter-')), 'adapter.safetensors');
  const stored = names.filter((name) => name.startsWith('a.'));
  const peft = (name: string) => `base_model.model.transformer.${name.slice('a.'.length)}`;
  const file = createSafetensors(path, new Map(stored.map((name) => [peft(name), shape(name)])));
  for (const name of stored) {
    const factor = name.includes('lora_B') ? alpha / 8 : 1;
    file.write(
      peft(name),
      get(name).map((value) => value * factor),
    );
  }
  file.close();
  return path;
}

/** Runs the program, and returns what it prints. */
function print(outFile: string, ops: string, steps: number, ...more: string[]): string {
  const files = ['--model', folder, '--batch', join(folder, 'batch.json'), '--out', outFile];
  return execFileSync(
    process.execPath,
    ['.cache/parity/parity.mjs', ...files, '--steps', String(steps), '--ops', ops, ...more],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
}

function run(ops: string, steps: number, ...more: string[]): { out: Golden; losses: number[] } {
  const outFile = join(folder, `${ops}.safetensors`);
  const text = print(outFile, ops, steps, ...more);
  const { losses } = JSON.parse(text) as { losses: number[] };
  return { out: parseGolden(readFileSync(outFile)), losses };
}

/** Names and errors of what is further apart than parity allows. */
function misses(out: Golden, expected: Golden, names: readonly string[]): Record<string, number> {
  const pairs = [
    ...['logits', 'loss', 'losses'].map((name) => [name, name, 1e-4] as const),
    ...names.map((name) => [`grad.${name}`, `g.${name}`, 1e-4] as const),
    ...names.map((name) => [`param.${name}`, `p.${name}`, 1e-3] as const),
  ];
  const errors: Record<string, number> = {};
  for (const [ours, theirs, limit] of pairs) {
    // Softmax doesn't see the keys' bias: its gradient is noise, which AdamW scales up.
    if (ours.startsWith('param.') && ours.endsWith('c_attn.bias')) continue;
    if (!expected.names.includes(theirs)) continue;
    const error = relativeError(out.get(ours), expected.get(theirs));
    if (!(error < limit)) errors[ours] = error;
  }
  return errors;
}

beforeAll(async () => {
  writeFolder(golden);
  writeBatch(golden);
  writeAdapter(lora);
  await build({ configFile: 'tests/parity/vite.config.ts' });
});

for (const [ops, options] of [
  ['portable', {}],
  ['webgpu', onlyWithDevice(dawn)],
] as const) {
  describe(`npm run parity --ops ${ops}`, options, () => {
    test('a tiny folder gives the numbers of PyTorch', () => {
      const { out, losses } = run(ops, 10, '--checkpointing');
      expect(misses(out, golden, [...parameterShapes(golden.config).keys()])).toEqual({});
      expect(Float32Array.from(losses)).toEqual(out.get('losses'));
      expect(out.shape('logits')).toEqual(golden.shape('logits'));
    });

    test('an adapter as PEFT saves it gives PyTorch’s, and its losses of fifty steps', () => {
      const { out } = run(ops, 50, '--adapter', join(folder, 'adapter_model.safetensors'));
      const trained = lora.names
        .filter((name) => name.startsWith('a.'))
        .map((name) => name.slice(2));
      expect(misses(out, lora, trained)).toEqual({});
      expect(out.names).not.toContain('grad.wte.weight');
    });

    test('so does its folder, and a file alone with the alpha that PEFT has', () => {
      for (const adapter of [folder, writeAdapterAlone(lora)]) {
        const { out } = run(ops, 0, '--adapter', adapter);
        for (const name of ['logits', 'loss']) {
          expect(relativeError(out.get(name), lora.get(name)), adapter).toBeLessThan(1e-4);
        }
      }
    });
  });
}

test(
  'npm run parity --tile all: every shape of tile gives the numbers of PyTorch',
  onlyWithDevice(dawn),
  () => {
    const text = print(join(folder, 'tiles.safetensors'), 'webgpu', 10, '--tile', 'all');
    const printed = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { tile: string }).tile);
    expect(printed).toEqual(TILE_SHAPES.map(shapeName));
    for (const i of TILE_SHAPES.keys()) {
      const out = parseGolden(readFileSync(join(folder, `tiles-tile-${i}.safetensors`)));
      expect(misses(out, golden, [...parameterShapes(golden.config).keys()]), `tile ${i}`).toEqual(
        {},
      );
    }
  },
);
