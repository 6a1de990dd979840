/** Compares the ids with those of two independent implementations of GPT-2's encoder. */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import r50k from 'gpt-tokenizer/bpeRanks/r50k_base';
import { encode as encodeR50k } from 'gpt-tokenizer/encoding/r50k_base';
import { describe, expect, test } from 'vitest';
import { TextTokenizer } from '../../../src/tokenizer/tokenizer.ts';
import { tokenizerJsonFromRanks } from '../../support/gpt2-tokenizer.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));

const texts = read('tests/goldens/tricky-texts.json') as string[];
const starterFolder = 'public/models/starter';
const starter = new TextTokenizer(
  read(`${starterFolder}/tokenizer.json`),
  read(`${starterFolder}/tokenizer_config.json`),
);

describe('GPT-2’s vocabulary, compared with gpt-tokenizer', () => {
  const gpt2 = new TextTokenizer(tokenizerJsonFromRanks(r50k), {});

  test('has 50,257 tokens, the last of which ends texts', () => {
    expect(gpt2.vocabSize).toBe(50_257);
    expect(gpt2.endOfTextId).toBe(50_256);
  });

  test.each(texts)('%j', (text) => {
    expect([...gpt2.encode(text)]).toEqual(encodeR50k(text));
  });

  test('in an old file without the model’s type and without all optional fields', () => {
    const json = tokenizerJsonFromRanks(r50k);
    const { type: _type, ...model } = { type: '', ...json.model };
    const {
      post_processor: _post,
      normalizer: _normalizer,
      ...rest
    } = {
      ...{ post_processor: null, normalizer: null },
      ...json,
    };
    const older = new TextTokenizer({ ...rest, model }, {});
    for (const text of texts) expect([...older.encode(text)]).toEqual(encodeR50k(text));
  });

  test('gives the same ids for any text (seed 20261122)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        fc.pre(!text.includes('<|endoftext|>'));
        expect([...gpt2.encode(text)]).toEqual(encodeR50k(text));
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});

describe('the starter’s vocabulary', () => {
  const golden = read('tests/goldens/starter-tokens.json') as number[][];

  test.each(texts.map((text, i) => [text, golden[i]] as const))('%j', (text, ids) => {
    expect([...starter.encode(text)]).toEqual(ids);
  });

  test('decodes any encoded text to itself (seed 20261122)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(starter.decode(starter.encode(text))).toBe(text);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  test('its tokens have as many bytes as the text, and the end token none (seed 20261122)', () => {
    const bytesOf = (ids: Iterable<number>) =>
      [...ids].reduce((sum, id) => sum + starter.byteLength(id), 0);
    for (const text of texts) expect(bytesOf(starter.encode(text))).toBe(Buffer.byteLength(text));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(bytesOf(starter.encode(text))).toBe(Buffer.byteLength(text));
      }),
      { seed: 20261122, numRuns: 300 },
    );
    expect(bytesOf([starter.endOfTextId, starter.vocabSize + 5])).toBe(0);
  });

  test('while tokens arrive, the text has no incomplete characters and only grows', () => {
    const text = 'My dream is 👩‍👩‍👧‍👦 日本 😀!';
    const ids = starter.encode(text);
    let shown = '';
    for (let n = 1; n <= ids.length; n++) {
      const next = starter.decodeDrawn(ids.subarray(0, n));
      expect(next.startsWith(shown)).toBe(true);
      expect(next).not.toContain('\uFFFD');
      shown = next;
    }
    expect(shown).toBe(text);
  });
});

describe('a file that is not a tokenizer', () => {
  test.each([null, 7, 'text', {}, { model: { type: 'BPE' } }])(
    '%j is refused, with the name of the file',
    (json) => {
      expect(() => new TextTokenizer(json, {})).toThrowError(
        /(model-corrupt|unsupported).*tokenizer\.json/,
      );
    },
  );
});
