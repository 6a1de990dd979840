/** A writer killed at any instant leaves the last complete checkpoint, and the rest is swept. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCheckpoint } from '../../../src/storage/checkpoints.ts';
import { createRun, getRun } from '../../../src/storage/runs.ts';
import { createStorage } from '../../../src/storage/storage.ts';
import { CHUNK_BYTES, checkpointTensors, RUN_ID } from './checkpoint-pattern.ts';
import {
  allBytes,
  chunkKeys,
  newRun,
  raw,
  requested,
  SEED,
  sameBytes,
  store,
  uniqueName,
} from './support.ts';

const KILLS = 50;
/** A save takes some 20 ms here: most kills fall inside one, some before the first. */
const delayMs = fc.integer({ min: 0, max: 80 });

interface Killed {
  /** The last step the writer called complete, by what it had said when it was killed. */
  readonly completed: number;
  /** Whether it had opened the storage at all. */
  readonly wasReady: boolean;
}

async function writeUntilKilled(name: string, afterMs: number): Promise<Killed> {
  const worker = new Worker(new URL('./checkpoint-writer.worker.ts', import.meta.url), {
    type: 'module',
  });
  let completed = 0;
  let wasReady = false;
  await new Promise<void>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<{ ready?: number; completed?: number }>) => {
      completed = data.completed ?? data.ready ?? completed;
      if (data.ready === undefined) return;
      wasReady = true;
      setTimeout(resolve, afterMs);
    };
    worker.postMessage(name);
  });
  worker.terminate();
  await navigator.locks.request(name, () => {});
  return { completed, wasReady };
}

it(`survives ${KILLS} kills between and inside writes (seed ${SEED})`, async () => {
  const name = uniqueName();
  const setup = await createStorage({ name, chunkBytes: CHUNK_BYTES });
  await createRun(setup, newRun(RUN_ID));
  setup.dispose();

  let killedInside = 0;
  let checkpointsSeen = 0;
  for (const afterMs of fc.sample(delayMs, { seed: SEED, numRuns: KILLS })) {
    const { completed } = await writeUntilKilled(name, afterMs);
    const leftBehind = (await chunkKeys(name)).length;

    const storage = await createStorage({ name, chunkBytes: CHUNK_BYTES });
    const run = await getRun(storage, RUN_ID);
    if (run === null) throw new Error('the run is gone');
    // The kill may fall between the commit and the message that tells of it, never the other way.
    expect([completed, completed + 1]).toContain(run.completedSteps);
    let chunks = 0;
    if (run.checkpointId !== null) {
      const { manifest, tensors } = await readCheckpoint(storage, run.checkpointId);
      expect(manifest.completedSteps).toBe(run.completedSteps);
      expect(run.name).toBe(`step ${run.completedSteps}`);
      const expected = checkpointTensors(run.completedSteps);
      for (const tensor of tensors()) {
        const { value } = expected.next();
        expect([tensor.name, tensor.shape]).toEqual([value?.name, value?.shape]);
        const wanted = await allBytes(value?.pieces ?? []);
        expect(sameBytes(await allBytes(tensor.pieces), wanted)).toBe(true);
      }
      expect(expected.next().done).toBe(true);
      chunks = manifest.blob.checksums.length;
      checkpointsSeen += 1;
    }
    storage.dispose();
    if (leftBehind > chunks) killedInside += 1;
    const { swept, manifests } = await raw(name, async (db) => ({
      swept: await requested(store(db, 'chunks').count()),
      manifests: await requested(store(db, 'checkpoints').count()),
    }));
    expect(swept).toBe(chunks);
    expect(manifests).toBe(run.checkpointId === null ? 0 : 1);
  }
  // Else the delays miss what they are for.
  console.info(
    `${killedInside} of ${KILLS} kills fell inside a write, ${checkpointsSeen} after one`,
  );
  expect(killedInside).toBeGreaterThanOrEqual(KILLS / 5);
  expect(checkpointsSeen).toBeGreaterThanOrEqual(KILLS / 2);
});
