/** The hashes in JavaScript, which stand in where there is no WebAssembly, against those of hash-wasm. */

import fc from 'fast-check';
import { createSHA256, createXXHash64 } from 'hash-wasm';
import { expect, test } from 'vitest';
import { createSha256, createXxHash64, Sha256, XxHash64 } from '../../../src/hashing/hash.ts';

const SEED = 20261130;
const pieces = fc.array(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string()), { maxLength: 8 });

test.each([
  ['XXH64', createXXHash64, () => new XxHash64()],
  ['SHA-256', createSHA256, () => new Sha256()],
] as const)(`%s is the same in JavaScript (seed ${SEED})`, async (_, createTheirs, createOurs) => {
  const theirs = await createTheirs();
  const ours = createOurs();
  fc.assert(
    fc.property(pieces, (data) => {
      theirs.init();
      ours.init();
      for (const piece of data) {
        theirs.update(piece);
        ours.update(piece);
      }
      expect(ours.digest()).toBe(theirs.digest('hex'));
    }),
    { seed: SEED, numRuns: 300 },
  );
});

test('without WebAssembly, JavaScript hashes', async () => {
  const { WebAssembly: kept } = globalThis;
  Reflect.deleteProperty(globalThis, 'WebAssembly');
  try {
    expect(await createXxHash64()).toBeInstanceOf(XxHash64);
    expect(await createSha256()).toBeInstanceOf(Sha256);
  } finally {
    globalThis.WebAssembly = kept;
  }
});
