/**
 * `npm run parity -- --model DIR --batch FILE.json --out OUT.safetensors [--steps N]
 *   [--ops webgpu|portable] [--adapter FILE.safetensors|DIR] [--f16-base] [--checkpointing] [--f16-activations] [--adapter-limits default] [--kernels auto|software|hardware] [--tile NUMBER|all]`
 *
 * Writes what the engine computes from a GPT-2 folder as on the Hub (without a tokenizer), to compare it with
 * another framework. `tools/parity` has the side of PyTorch and explains the comparison. The loss is the mean over
 * the positions that count, weight decay applies to matrices only, dropout is off, and every step has the same
 * batch. With `--adapter`, a file or folder of PEFT, only the adapter is trained. `--f16-base` stores the frozen
 * matrices as float16; portable operations keep float32, so compare them with PyTorch without it.
 *
 * `--tile` takes the kernels for hardware with a shape of `TILE_SHAPES` for products, or with each of them in
 * turn: then OUT.safetensors becomes OUT-tile-0.safetensors and so on.
 *
 * The output has F32 tensors: `logits` [B, T, V] and `loss` [1] before the first step, `grad.<name>` of every
 * trained parameter before clipping, `losses` [N] before each step, and `param.<name>` after the last step.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openParameters } from '../../src/bots/read-model.ts';
import { must } from '../../src/core/assert.ts';
import { GpuContext } from '../../src/gpu/context.ts';
import { describeAdapter } from '../../src/gpu/device.ts';
import {
  sameTiles,
  shapeName,
  TILE_SHAPES,
  type TileShape,
} from '../../src/gpu/kernels/tile-shapes.ts';
import { type GPT2Config, parseConfig } from '../../src/model/config.ts';
import type { GPT2 } from '../../src/model/gpt2.ts';
import { loadModel } from '../../src/model/load.ts';
import type { ShapeTable } from '../../src/model/weights.ts';
import type { Precision } from '../../src/ops/operands.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import { WebGPUOps } from '../../src/ops/webgpu.ts';
import { AdamW } from '../../src/train/adamw.ts';
import { requireDevice, tfjsOn } from '../support/node-backends.ts';
import { readAdapter } from './adapter.ts';
import { type ParityBatch, parseBatch } from './batch.ts';
import { createSafetensors, fileReader } from './safetensors-file.ts';

interface Computing {
  readonly ops: Ops;
  readonly adapter: string;
}

async function createOps(wish: {
  readonly ops: string;
  readonly kernels: string;
  readonly limits: string;
  readonly tiles: TileShape | undefined;
}): Promise<Computing> {
  if (wish.ops === 'portable') {
    await tfjsOn('wasm', null);
    return { ops: new PortableOps(), adapter: 'WebAssembly' };
  }
  if (wish.ops !== 'webgpu') throw new Error(`--ops webgpu|portable, not ${wish.ops}`);
  const { device, adapterInfo } = await requireDevice(wish.limits);
  const { adapterName, isSoftware } = describeAdapter(adapterInfo);
  const gpu = new GpuContext(device, {
    isSoftware: wish.kernels === 'auto' ? isSoftware : wish.kernels === 'software',
    tiles: wish.tiles && sameTiles(wish.tiles),
  });
  return { ops: new WebGPUOps(gpu), adapter: adapterName };
}

async function readFolder(ops: Ops, folder: string, matrices: Precision): Promise<GPT2> {
  const config = parseConfig(JSON.parse(readFileSync(`${folder}/config.json`, 'utf8')));
  const names = readdirSync(folder).filter((name) => /\.(json|safetensors|bin)$/.test(name));
  const files = new Map(names.map((name) => [name, fileReader(`${folder}/${name}`)]));
  const precisionOf = (shape: readonly number[]) => (shape.length > 1 ? matrices : 'f32');
  return loadModel(ops, config, await openParameters(files, config), { precisionOf });
}

/** The tensors that a run writes, in this order. */
function outShapes(
  config: GPT2Config,
  trained: ShapeTable,
  { tokens }: ParityBatch,
  steps: number,
): ShapeTable {
  return new Map<string, readonly number[]>([
    ['logits', [tokens.B, tokens.T, config.vocabSize]],
    ['loss', [1]],
    ...Array.from(trained, ([name, shape]) => [`grad.${name}`, shape] as const),
    ['losses', [steps]],
    ...Array.from(trained, ([name, shape]) => [`param.${name}`, shape] as const),
  ]);
}

/** The shapes of tile to run with, and the file for each; undefined is the device's own shape. */
function runsOf(tile: string, outFile: string): (readonly [TileShape | undefined, string])[] {
  if (tile === 'auto') return [[undefined, outFile]];
  const runs = TILE_SHAPES.map(
    (shape, i) => [shape, outFile.replace(/(\.safetensors)?$/, `-tile-${i}$1`)] as const,
  );
  if (tile === 'all') return runs;
  return [[must(TILE_SHAPES[Number(tile)], `a shape for --tile ${tile}`), outFile]];
}

function parseOptions(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      model: { type: 'string' },
      batch: { type: 'string' },
      out: { type: 'string' },
      steps: { type: 'string', default: '0' },
      ops: { type: 'string', default: 'webgpu' },
      kernels: { type: 'string', default: 'auto' },
      tile: { type: 'string', default: 'auto' },
      'adapter-limits': { type: 'string', default: 'all' },
      adapter: { type: 'string' },
      'f16-base': { type: 'boolean', default: false },
      checkpointing: { type: 'boolean', default: false },
      'f16-activations': { type: 'boolean', default: false },
    },
  }).values;
}

export async function main(args: readonly string[]): Promise<void> {
  const values = parseOptions(args);
  const { model, batch, out, tile } = values;
  if (!model || !batch || !out) throw new Error('--model, --batch and --out are needed');
  for (const [tiles, outFile] of runsOf(tile, out)) {
    await run({ ...values, model, batch }, tiles, outFile);
  }
}

async function run(
  values: ReturnType<typeof parseOptions> & { readonly model: string; readonly batch: string },
  tiles: TileShape | undefined,
  outFile: string,
): Promise<void> {
  const { model: folder, batch: batchFile, checkpointing } = values;
  const steps = Number(values.steps);
  const batch = parseBatch(JSON.parse(readFileSync(batchFile, 'utf8')));
  const { ops, adapter } = await createOps({
    ...{ ops: values.ops, kernels: tiles ? 'hardware' : values.kernels },
    ...{ limits: values['adapter-limits'], tiles },
  });
  if (values['f16-base'] && !values.adapter) throw new Error('--f16-base goes with --adapter');
  const model = await readFolder(ops, folder, values['f16-base'] ? 'f16' : 'f32');
  if (values.adapter) model.setAdapter(await readAdapter(ops, model.config, values.adapter));
  const trained = new Map([...model.trainable].map(([name, { shape }]) => [name, shape]));
  const out = createSafetensors(outFile, outShapes(model.config, trained, batch, steps));

  const logits = model.logits(batch.tokens);
  out.write('logits', await ops.read(logits));
  logits.dispose();
  const gradients = ops.allocate(trained);
  const lossAndGradients = async () => {
    const { loss } = model.lossAndGradients(batch.tokens, batch.targets, {
      ...{ scale: 1, into: gradients, checkpointing },
      hasHalfActivations: values['f16-activations'],
    });
    const [value] = await ops.read(loss);
    loss.dispose();
    return must(value, 'the loss');
  };
  const loss = await lossAndGradients();
  out.write('loss', Float32Array.of(loss));
  for (const name of trained.keys()) {
    out.write(`grad.${name}`, await ops.read(must(gradients.get(name), name)));
  }

  const losses: number[] = [];
  if (steps > 0) {
    const optimizer = new AdamW(ops, model.trainable, batch.adamw);
    for (let step = 0; step < steps; step++) {
      losses.push(step === 0 ? loss : await lossAndGradients());
      optimizer.step(gradients, batch.learningRate);
    }
    optimizer.dispose();
  }
  out.write('losses', Float32Array.from(losses));
  for (const name of trained.keys()) {
    out.write(`param.${name}`, await ops.read(must(model.trainable.get(name), name)));
  }
  out.close();
  for (const gradient of gradients.values()) gradient.dispose();
  model.dispose();
  ops.dispose();
  console.log(
    JSON.stringify({
      model: folder,
      ops: values.ops,
      device: adapter,
      ...(tiles && { tile: shapeName(tiles) }),
      checkpointing,
      loss,
      losses,
    }),
  );
}
