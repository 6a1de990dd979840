/** How `npm test` ends, on what Vitest reports of a small suite that is planted in a folder of its own. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { addOutcomes, closingLines, readOutcome } from '../../support/test-report.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const planted = `
  import { describe, expect, test } from 'vitest';
  import { onlyWhere } from '${root}tests/support/skipping.ts';
  test('passes', () => {});
  test('fails', () => expect(1).toBe(2));
  describe('a suite', onlyWhere(false, 'there is no card'), () => {
    test('is skipped', () => {});
    test('is skipped too', () => {});
  });
  test.skip('is left out', () => {});
  describe('another suite', onlyWhere(true, 'there is no card'), () => {
    test('runs', () => {});
  });
`;

test('skipped tests are named with the reason, and counted on the last line', () => {
  mkdirSync(`${root}.cache`, { recursive: true });
  const folder = mkdtempSync(join(root, '.cache/report-'));
  const report = join(folder, 'report.json');
  writeFileSync(join(folder, 'planted.test.ts'), planted);
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  // A configuration of its own, so that it doesn't take the repository's.
  writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {};');
  const args = ['run', '--root', folder, '--reporter=json'];
  spawnSync(process.execPath, [vitest, ...args, `--outputFile=${report}`], { cwd: folder });
  const all = readOutcome(report, false);
  const byName = readOutcome(report, true);
  rmSync(folder, { recursive: true });
  if (all === null || byName === null) throw new Error('Vitest wrote no report');
  expect(closingLines(all)).toEqual([
    'Skipped, because there is no card:',
    '  a suite is skipped',
    '  a suite is skipped too',
    'Skipped, because the test gives no reason:',
    '  is left out',
    '2 passed, 1 failed, 3 skipped',
  ]);
  expect(byName.skipped).toHaveLength(2);
  expect(closingLines({ passed: 3, failed: 0, skipped: [] })).toEqual(['3 passed, 0 failed']);
  expect(readOutcome(report, false)).toBeNull();
});

test('several runs end with the counts of all together', () => {
  const skipped = { name: 'a test', reason: 'there is no card' };
  const all = addOutcomes([
    { passed: 3, failed: 1, skipped: [skipped] },
    { passed: 20, failed: 0, skipped: [] },
    { passed: 0, failed: 0, skipped: [{ ...skipped, name: 'another' }] },
  ]);
  expect(closingLines(all).at(-1)).toBe('23 passed, 1 failed, 2 skipped');
});
