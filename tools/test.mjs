/**
 * `npm test`: unit tests in Node, browser tests in Chromium, end-to-end tests on the built site; one
 * after the other, because two of them want the whole machine. Ends with the runners' own counts.
 * Arguments are passed on to Vitest, e.g. `npm test -- tests/unit/archive`.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = `${root}.cache/tests`;
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const total = { passed: 0, failed: 0 };
let isGreen = true;
for (const project of ['unit', 'browser', 'e2e']) {
  const report = `${reports}/${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', '--project', project, '--passWithNoTests', ...reporters];
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  const { status } = spawnSync(process.execPath, [vitest, ...args, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, 'utf8'));
  total.passed += numPassedTests;
  total.failed += numFailedTests;
  isGreen &&= status === 0 && success;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(isGreen && total.failed === 0 ? 0 : 1);
