/** Saves one checkpoint after the other until it's killed, and says which ones are complete. */
import { saveCheckpoint } from '../../../src/storage/write-checkpoint.ts';
import { getRun } from '../../../src/storage/runs.ts';
import { createStorage } from '../../../src/storage/storage.ts';
import { CHUNK_BYTES, checkpointTensors, RUN_ID } from './checkpoint-pattern.ts';

addEventListener('message', ({ data: name }: MessageEvent<string>) => {
  // Held until this thread is really gone, as the engine holds its own.
  void navigator.locks.request(name, async () => {
    const storage = await createStorage({ name, chunkBytes: CHUNK_BYTES });
    const run = await getRun(storage, RUN_ID);
    let step = run?.completedSteps ?? 0;
    postMessage({ ready: step });
    for (;;) {
      step += 1;
      await saveCheckpoint(storage, RUN_ID, {
        completedSteps: step,
        tensors: checkpointTensors(step),
        runUpdate: { name: `step ${step}` },
      });
      postMessage({ completed: step });
    }
  });
});
