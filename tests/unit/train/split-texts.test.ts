/** Texts are split as their documents are. */

import { expect, test } from 'vitest';
import { trainingData } from '../../../src/train/batches.ts';
import { oneAccount } from '../../../src/train/documents.ts';
import { splitTexts } from '../../../src/train/split-texts.ts';

const split = { validationShare: 0.3, seed: 7 };
const texts = Array.from({ length: 60 }, (_, i) => `tweet ${i}`);
const documents = texts.map((_, i) => Int32Array.of(i, i + 1));

test('the held-out texts are those of the documents that a training holds out', () => {
  const { training, heldOut } = splitTexts([texts], oneAccount(documents), split);
  const data = trainingData(oneAccount(documents), 0, split);
  expect(heldOut).toEqual(data.heldOut.map(([i]) => `tweet ${i}`));
  expect(heldOut.length).toBeGreaterThan(5);
  expect([...training, ...heldOut].sort()).toEqual([...texts].sort());
});

test('a text that another account trains on is not held out', () => {
  const [first = ''] = splitTexts([texts], oneAccount(documents), split).heldOut;
  const shared = documents[texts.indexOf(first)] as Int32Array;
  // Fewer than 40 documents are all trained on.
  const { training, heldOut } = splitTexts(
    [texts, [first]],
    [...oneAccount(documents), ...oneAccount([shared])],
    split,
  );
  expect(training).toContain(first);
  expect(heldOut).not.toContain(first);
});
