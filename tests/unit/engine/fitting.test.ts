/** How a training is made to fit, or refused before its start with what would fit. */

import { afterAll, describe, expect, test } from 'vitest';
import { must } from '../../../src/core/assert.ts';
import { type ErrorData, MynahError } from '../../../src/core/errors.ts';
import { Fitting } from '../../../src/engine/training/fitting.ts';
import { GpuContext } from '../../../src/gpu/context.ts';
import type { GPT2Config } from '../../../src/model/config.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import type { EngineStatus, RecipeOverrides } from '../../../src/protocol/calls.ts';
import { choicesThatSave, layouts } from '../../../src/train/fitting.ts';
import { tokensPerStep } from '../../../src/train/recipe.ts';
import { createDawnDevice } from '../../support/dawn.ts';

const standard = await createDawnDevice(true);

afterAll(() => {
  standard?.device.destroy();
});

function gpt2(nLayer: number, nHead: number, nEmbd: number): GPT2Config {
  const rest = { blockSize: 1024, vocabSize: 50_257, layerNormEpsilon: 1e-5, endOfTextId: 50_256 };
  return { nLayer, nHead, nEmbd, ...rest };
}
const small = gpt2(12, 12, 768);
const medium = gpt2(24, 16, 1024);
const xl = gpt2(48, 25, 1600);

function fitting(
  ops: Ops,
  backend: EngineStatus['backend'],
  hostGiB = 8,
  roomBytes = Infinity,
): Fitting {
  const status: EngineStatus = {
    backend,
    adapter: '',
    isSoftware: true,
    reason: 'requested',
    available: [backend],
    threads: 1,
  };
  return new Fitting({ ops, status, roomBytes }, hostGiB);
}

async function refusal(work: Promise<unknown>): Promise<ErrorData> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MynahError);
  return (error as MynahError).data;
}

describe('what is given up', () => {
  const short = (wished: RecipeOverrides) =>
    [...choicesThatSave(small, wished)].map(({ mode, checkpointing, blockLength }) =>
      [mode, checkpointing, blockLength].join(' '),
    );

  test('time first, then long blocks, then all of the model', () => {
    expect(short({})).toEqual([
      ...['full false ', 'full true ', 'full true 128', 'full true 64'],
      ...['lora false ', 'lora true ', 'lora true 128', 'lora true 64'],
    ]);
  });

  test('never what the user has set', () => {
    expect(short({ mode: 'full', blockLength: 256 })).toEqual(['full false 256', 'full true 256']);
    expect(short({ mode: 'lora', checkpointing: false, blockLength: 32 })).toEqual([
      'lora false 32',
    ]);
  });

  test('the tokens of a step stay', () => {
    const found = [...layouts({ blockLength: 256, microBatch: 4, accumulation: 1 })];
    expect(found.map(({ microBatch }) => microBatch)).toEqual([4, 2, 1]);
    for (const shape of found) expect(tokensPerStep(shape)).toBe(1024);
  });
});

describe('on WASM, which addresses 4 GB', () => {
  const wasm = () => fitting(new PortableOps(), 'wasm');

  test('GPT-2 trains whole; its larger sister gets an adapter', async () => {
    expect(await wasm().choose(small, {})).toMatchObject({ mode: 'full' });
    expect(await wasm().choose(medium, {})).toMatchObject({ mode: 'lora' });
  });

  test('a computer with little memory gives half of it', async () => {
    const poor = fitting(new PortableOps(), 'wasm', 4);
    expect(await poor.choose(small, {})).toMatchObject({ mode: 'lora' });
  });

  test('who insists on all of it hears what would fit', async () => {
    expect(await refusal(wasm().choose(medium, { mode: 'full' }))).toMatchObject({
      code: 'out-of-memory',
      details: { reason: 'too-large', wish: { mode: 'full' }, instead: { mode: 'lora' } },
    });
  });

  test('where nothing fits, that is said', async () => {
    expect(await refusal(wasm().choose(xl, {}))).toMatchObject({
      code: 'out-of-memory',
      details: { instead: null },
    });
  });
});

describe.skipIf(standard === null)('on an adapter with WebGPU’s default limits', () => {
  test('a step’s blocks are together on the device as far as they fit', async () => {
    const ops = new WebGPUOps(
      new GpuContext(must(standard, 'a device').device, { isSoftware: false }),
    );
    const fit = fitting(ops, 'webgpu');
    const choice = await fit.choose(small, {});
    expect(choice).toMatchObject({ mode: 'full', checkpointing: false });
    const asked = { blockLength: 256, microBatch: 1, accumulation: 4 };
    const { shape, memory, bytes } = await fit.layOut(small, choice, asked);
    expect(shape).toEqual({ blockLength: 256, microBatch: 4, accumulation: 1 });
    const parts = Object.values(memory).reduce((sum, part) => sum + part, 0);
    expect(parts).toBe(bytes);
    // Asking for it has left nothing on the device.
    expect(ops.gpu.arena.liveBuffers).toBe(3);
    ops.dispose();
  });

  test('what ran out of memory under way is not tried again', async () => {
    const ops = new WebGPUOps(
      new GpuContext(must(standard, 'a device').device, { isSoftware: false }),
    );
    expect(await fitting(ops, 'webgpu', 8, 2e9).choose(small, {})).toMatchObject({ mode: 'lora' });
    ops.dispose();
  });

  test('a table larger than a buffer is refused by its size, or halved', async () => {
    const ops = new WebGPUOps(
      new GpuContext(must(standard, 'a device').device, { isSoftware: false }),
    );
    const fit = fitting(ops, 'webgpu');
    expect(await refusal(fit.choose(xl, { mode: 'full' }))).toMatchObject({
      code: 'out-of-memory',
      details: {
        reason: 'one-buffer',
        neededBytes: 321_644_800,
        availableBytes: 268_435_456,
        instead: { mode: 'lora', checkpointing: true },
      },
    });
    ops.dispose();
  });
});
