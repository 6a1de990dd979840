/** Finished models of a bot, the best weights of a training, copies, and deletion that can be undone. */
import { describe, expect, it } from 'vitest';
import { deleteVersion } from '../../../src/storage/needed-checkpoints.ts';
import { readCheckpoint } from '../../../src/storage/read-checkpoint.ts';
import { saveBest, saveCheckpoint } from '../../../src/storage/write-checkpoint.ts';
import type { Storage } from '../../../src/storage/chunks.ts';
import { copyRun } from '../../../src/storage/copy-run.ts';
import type { RunRecord } from '../../../src/storage/run-record.ts';
import { createRun, deleteRun, editRun, getRun, listRuns } from '../../../src/storage/runs.ts';
import { runSummary, writingWeights } from '../../../src/storage/run-summary.ts';
import { patternBytes, type WholeTensor } from './pattern.ts';
import { newRun } from '../../fixtures/new-run.ts';
import { allBytes, chunkKeys, onCleanup, openStorage, uniqueName } from './support.ts';
import { createStorage } from '../../../src/storage/storage.ts';

const CHUNK = 1000;
/** 600 floats: two and a half chunks. */
const weight = (seed: number): WholeTensor => ({
  name: 'w',
  shape: [600],
  dtype: 'F32',
  pieces: [patternBytes(2400, seed)],
});
const moment = (seed: number): WholeTensor => ({ ...weight(seed + 500), name: 'adam.m.w' });

async function save(storage: Storage, step: number, validationLoss?: number): Promise<string> {
  return saveCheckpoint(storage, 'r', {
    completedSteps: step,
    tensors: [weight(step), moment(step)],
    runUpdate: { status: validationLoss === undefined ? 'running' : 'finished' },
    finishes:
      validationLoss === undefined
        ? undefined
        : { completedSteps: step, loss: 9, validationLoss, trainedShare: 1 },
  });
}

async function runOf(storage: Storage, id = 'r'): Promise<RunRecord> {
  const run = await getRun(storage, id);
  if (run === null) throw new Error('no run');
  return run;
}

/** Which step's weights a bot writes with. */
async function writesAsStep(storage: Storage, id = 'r'): Promise<number> {
  const writing = writingWeights(await runOf(storage, id));
  if (writing === null || writing.checkpointId === null) throw new Error('no weights');
  const { tensor, manifest } = await readCheckpoint(storage, writing.checkpointId);
  const [wanted] = weight(manifest.completedSteps).pieces;
  expect(await allBytes(tensor('w').pieces)).toEqual(wanted);
  return manifest.completedSteps;
}

describe('a training that ends', () => {
  it('becomes a version of the bot; training on keeps it, without what only training needs', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    await createRun(storage, newRun('r'));
    await save(storage, 3);
    expect((await runOf(storage)).history).toEqual([]);
    const first = await save(storage, 6, 4.2);
    expect((await runOf(storage)).history).toMatchObject([
      {
        number: 1,
        checkpointId: first,
        completedSteps: 6,
        loss: 9,
        validationLoss: 4.2,
        bytes: 2400,
      },
    ]);
    expect(await chunkKeys(name)).toHaveLength(5);

    await save(storage, 7);
    const { manifest } = await readCheckpoint(storage, first);
    expect(manifest.tensors.map((tensor) => tensor.name)).toEqual(['w']);
    expect(await chunkKeys(name)).toHaveLength(3 + 5);
    // What it has reached by now writes, until it ends and makes the next version.
    expect(await writesAsStep(storage)).toBe(7);
    await save(storage, 9, 4.0);
    expect((await runOf(storage)).history.map(({ number }) => number)).toEqual([1, 2]);
    expect(await writesAsStep(storage)).toBe(9);
    await editRun(storage, 'r', { writesWith: 1 });
    expect(await writesAsStep(storage)).toBe(6);
    expect(runSummary(await runOf(storage)).storedBytes).toBe(2400 + 4800);
  });

  it('keeps the best weights so far, and forgets them for those that it ends with', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    await createRun(storage, newRun('r'));
    await saveBest(storage, 'r', { completedSteps: 2, validationLoss: 4.5, tensors: [weight(2)] });
    await saveBest(storage, 'r', { completedSteps: 4, validationLoss: 4.1, tensors: [weight(4)] });
    expect(await chunkKeys(name)).toHaveLength(3);
    // Only what was saved to go on from is gone on from.
    expect((await runOf(storage)).checkpointId).toBeNull();
    const kept = { completedSteps: 4, loss: 3.9, validationLoss: 4.05, trainedShare: 0.8 };
    const last = await saveCheckpoint(storage, 'r', {
      completedSteps: 8,
      tensors: [weight(8)],
      runUpdate: { status: 'finished' },
      finishes: kept,
    });
    const run = await runOf(storage);
    expect(run).toMatchObject({ checkpointId: last, best: null, completedSteps: 8 });
    expect(run.history).toMatchObject([{ ...kept, checkpointId: last, bytes: 2400 }]);
    expect(await writesAsStep(storage)).toBe(8);
    expect(await chunkKeys(name)).toHaveLength(3);
  });
});

describe('a version', () => {
  it('can be deleted as long as there is another, and its number is not given again', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    await createRun(storage, newRun('r'));
    for (const step of [2, 4, 6]) await save(storage, step, 4);
    await editRun(storage, 'r', { writesWith: 2 });
    await deleteVersion(storage, 'r', 2);
    const run = await runOf(storage);
    expect(run.history.map(({ number }) => number)).toEqual([1, 3]);
    expect(run.writesWith).toBeNull();
    expect(await chunkKeys(name)).toHaveLength(3 + 5);
    await save(storage, 8, 4);
    expect((await runOf(storage)).history.at(-1)?.number).toBe(4);
    await expect(deleteVersion(storage, 'r', 2)).rejects.toMatchObject({
      data: { code: 'not-found', details: { what: 'version', id: '2' } },
    });
  });
});

describe('a copy of a bot', () => {
  it('has everything it had learned, in chunks of its own', async () => {
    const name = uniqueName();
    const storage = await openStorage(name, CHUNK);
    await createRun(storage, newRun('r'));
    await save(storage, 2, 4);
    await save(storage, 3);
    const copy = await copyRun(storage, 'r', 'Polly 2');
    expect(copy).toMatchObject({ name: 'Polly 2', status: 'paused', completedSteps: 3 });
    await deleteRun(storage, 'r');
    expect(await writesAsStep(storage, copy.id)).toBe(3);
    await editRun(storage, copy.id, { writesWith: 1 });
    expect(await writesAsStep(storage, copy.id)).toBe(2);
    await deleteRun(storage, copy.id);
    expect(await chunkKeys(name)).toEqual([]);
  });
});

describe('a deleted bot', () => {
  it('can be restored until the next start', async () => {
    const name = uniqueName();
    const storage = await createStorage({ name, chunkBytes: CHUNK });
    await createRun(storage, newRun('r'));
    await save(storage, 2);
    const before = await runOf(storage);
    await editRun(storage, 'r', { deletedAt: 1 });
    await editRun(storage, 'r', { deletedAt: null });
    expect(await runOf(storage)).toEqual(before);
    await editRun(storage, 'r', { deletedAt: 1 });
    storage.dispose();
    const next = await createStorage({ name, chunkBytes: CHUNK });
    onCleanup(() => next.dispose());
    expect(await listRuns(next)).toEqual([]);
    expect(await chunkKeys(name)).toEqual([]);
  });
});
