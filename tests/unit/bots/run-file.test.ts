/** The files that runs are exported as. `npm run interop` reads them with TensorBoard and wandb themselves. */

import fc from 'fast-check';
import { createCRC32 } from 'hash-wasm';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { crc32c, eventFile } from '../../../src/bots/event-file.ts';
import { parseRunFiles, runFile, writeRunFiles } from '../../../src/bots/run-file.ts';
import { metricsTable, runsTable } from '../../../src/bots/run-tables.ts';
import { MynahError } from '../../../src/core/errors.ts';
import { runSummary } from '../../fixtures/run-summary.ts';
import { damagedCopy, damageTo } from '../../support/mutations.ts';

const seed = 20261130;
const run = runFile(runSummary());

describe('the record of a run', () => {
  test('is read as it was written, alone and among others', () => {
    const other = runFile(runSummary({ id: 'other', outcome: { kind: 'failed', code: 'busy' } }));
    expect(parseRunFiles(writeRunFiles([run]), 'run.json')).toEqual([run]);
    expect(parseRunFiles(writeRunFiles([run, other]), 'runs.json')).toEqual([run, other]);
  });

  test('has neither excluded words nor a picture in it', () => {
    const { dataset } = runSummary();
    const options = { ...dataset.options, exclude: 'my secret' };
    const avatar = 'data:image/jpeg;base64,AAAA';
    const written = writeRunFiles([
      runFile(runSummary({ dataset: { ...dataset, options, avatar } })),
    ]);
    expect(written).not.toMatch(/secret|AAAA/);
  });

  test.each([
    ['no JSON', '{', 'not-json'],
    ['nothing', 'null', 'no-runs'],
    ['a bot', '{"format": "mynah-bot/1"}', 'no-runs'],
    ['another version', '{"format": "mynah-run/2"}', 'other-version'],
    ['no list', '{"format": "mynah-runs/1", "runs": 1}', 'damaged'],
    ['an impossible figure', JSON.stringify({ ...run, totalSteps: 1e20 }), 'damaged'],
  ])('with %s in it is refused', (_what, text, reason) => {
    expect(errorOf(text)).toMatchObject({ code: 'run-file-unreadable', details: { reason } });
  });

  test(`is refused wherever it is damaged, by the name of the place (seed ${seed})`, () => {
    fc.assert(
      fc.property(damageTo(run), (damage) => {
        const [first] = damage.path;
        fc.pre(first !== undefined && first !== 'format');
        // These have no form of their own in JSON.
        fc.pre(typeof damage.value !== 'bigint' && !Number.isNaN(damage.value));
        const isFree = ['reasons', 'versions', 'overrides'].includes(String(damage.path.at(-2)));
        const isOptional =
          /^(learned|validationLoss|bitsPerByte|gradientNorm|tokensPerSecond|atMs)$/;
        const isLeftOut = damage.value === undefined;
        fc.pre(!(isLeftOut && (isFree || isOptional.test(String(damage.path.at(-1))))));
        expect(errorOf(JSON.stringify(damagedCopy(run, damage)))).toMatchObject({
          code: 'run-file-unreadable',
          details: { reason: 'damaged', fault: { at: expect.stringContaining(String(first)) } },
        });
      }),
      { seed, numRuns: 150 },
    );
  });
});

test('the tables have a line for each run and for each step, and no formulas', () => {
  const evil = runFile(runSummary({ id: 'evil', name: '=HYPERLINK("http://x")' }));
  const read = (csv: string) =>
    Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
  const [first, second, ...rest] = read(runsTable([run, evil]));
  expect(rest).toEqual([]);
  expect(first).toMatchObject({
    name: '@ada_l',
    notes: run.notes,
    'recipe.learningRate': '0.0001372',
    'dataset.counts.kept': '1190',
    'dataset.contentHash': 'c0ffee',
    'outcome.kind': 'completed',
    lowestBitsPerByte: String(3.6125 / Math.LN2 / 4),
    lastLearnedShare: '0.25',
  });
  expect(second?.['name']).toBe('\'=HYPERLINK("http://x")');
  const steps = read(metricsTable([run, evil]));
  expect(steps).toHaveLength(240);
  expect(steps[11]).toMatchObject({
    ...{
      run: '@ada_l',
      step: '12',
      loss: String(5 - 11 / 60),
      validation_loss: String(5.1 - 11 / 80),
      validation_perplexity: String(Math.exp(5.1 - 11 / 80)),
      validation_bits_per_byte: String((5.1 - 11 / 80) / Math.LN2 / 4),
    },
    ...{ gradient_norm: '1.89', tokens_per_second: '811' },
  });
});

describe('an event file', () => {
  test('has the checksums of CRC32C', async () => {
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
    const reference = await createCRC32(0x82f63b78);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        expect(crc32c(data)).toBe(Number.parseInt(reference.init().update(data).digest(), 16));
      }),
      { seed },
    );
  });

  test('is a sequence of records that fill it exactly, one for each step, sample, share learned by heart and text', () => {
    const data = eventFile(run);
    const view = new DataView(data.buffer);
    let records = 0;
    let at = 0;
    while (at < data.length) {
      const length = Number(view.getBigUint64(at, true));
      const unmask = (masked: number) => {
        const rotated = (masked - 0xa282ead8) >>> 0;
        return ((rotated >>> 17) | (rotated << 15)) >>> 0;
      };
      const sums = [view.getUint32(at + 8, true), view.getUint32(at + 12 + length, true)];
      const parts = [data.subarray(at, at + 8), data.subarray(at + 12, at + 12 + length)];
      expect(sums.map(unmask)).toEqual(parts.map(crc32c));
      at += 16 + length;
      records++;
    }
    expect(at).toBe(data.length);
    expect(records).toBe(1 + 2 + 120 + 3 + 1);
  });
});

function errorOf(text: string) {
  try {
    parseRunFiles(text, 'run.json');
  } catch (error) {
    if (error instanceof MynahError) return error.data;
    throw error;
  }
  throw new Error('it was taken');
}
