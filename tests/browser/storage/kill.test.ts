/** A writer killed at any instant leaves the last complete checkpoint, and the rest is swept. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCheckpoint } from '../../../src/storage/read-checkpoint.ts';
import { createRun, getRun } from '../../../src/storage/runs.ts';
import { createStorage } from '../../../src/storage/storage.ts';
import { CHUNK_BYTES, checkpointTensors, RUN_ID } from './checkpoint-pattern.ts';
import { newRun } from '../../fixtures/new-run.ts';
import {
  allBytes,
  chunkKeys,
  raw,
  requested,
  SEED,
  sameBytes,
  store,
  uniqueName,
} from './support.ts';

const KILLS = 50;
/**
 * After how many saves, and in which part of the next one. The parts are of the time that saves take at
 * the moment, so that kills fall inside of them on a loaded machine too.
 */
const kills = fc.record({
  saves: fc.integer({ min: 0, max: 3 }),
  part: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
});

interface Killed {
  /** The last step the writer called complete, by what it had said when it was killed. */
  readonly completed: number;
  /** How long its last whole save took; undefined if there was none. */
  readonly saveMs: number | undefined;
}

/** `usualMs` is what a save takes, for a kill in the first one. */
async function writeUntilKilled(
  name: string,
  { saves, part }: { readonly saves: number; readonly part: number },
  usualMs: number,
): Promise<Killed> {
  const worker = new Worker(new URL('./checkpoint-writer.worker.ts', import.meta.url), {
    type: 'module',
  });
  let completed = 0;
  let saved = 0;
  let saveMs: number | undefined;
  let beganMs = 0;
  await new Promise<void>((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<{ ready?: number; completed?: number }>) => {
      completed = data.completed ?? data.ready ?? completed;
      if (data.completed !== undefined) {
        saved += 1;
        saveMs = performance.now() - beganMs;
      }
      beganMs = performance.now();
      if (saved === saves) setTimeout(resolve, part * (saveMs ?? usualMs));
    };
    worker.postMessage(name);
  });
  worker.terminate();
  await navigator.locks.request(name, () => {});
  return { completed, saveMs };
}

it(`survives ${KILLS} kills between and inside writes (seed ${SEED})`, async () => {
  const name = uniqueName();
  const setup = await createStorage({ name, chunkBytes: CHUNK_BYTES });
  await createRun(setup, newRun(RUN_ID));
  setup.dispose();

  let killedInside = 0;
  let checkpointsSeen = 0;
  let usualMs = 20;
  for (const kill of fc.sample(kills, { seed: SEED, numRuns: KILLS })) {
    const { completed, saveMs } = await writeUntilKilled(name, kill, usualMs);
    usualMs = saveMs ?? usualMs;
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
  // Otherwise the kills would miss what they are for.
  console.info(
    `${killedInside} of ${KILLS} kills fell inside a write, ${checkpointsSeen} after one`,
  );
  expect(killedInside).toBeGreaterThanOrEqual(KILLS / 5);
  expect(checkpointsSeen).toBeGreaterThanOrEqual(KILLS / 2);
});
