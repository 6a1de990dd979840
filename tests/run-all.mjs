/**
 * `npm test`: unit tests in Node, then browser tests in Chromium beside end-to-end tests on the built
 * site. Ends with the tests that were skipped and why, and with the counts. Arguments are passed on to
 * Vitest, e.g. `npm test -- tests/unit/archive`.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { closingLines, readOutcome } from './support/test-report.mjs';
import { vulkanEnvironment } from './support/vulkan.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}.cache/tests`;
const report = `${folder}/report.json`;
const runnerArguments = process.argv.slice(2);
/** With a pattern of names, Vitest reports every other test as skipped. */
const isByName = runnerArguments.some((argument) => /^(-t|--testNamePattern)\b/.test(argument));

/**
 * What Vitest's report says. A run that crashed has written no report, and one whose files failed to
 * load, or whose errors belong to no test, counts no failed test: each is counted as one failure.
 * @returns {import('./support/test-report.mjs').Outcome}
 */
function runTests() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status, signal, error } = spawnSync(
    process.execPath,
    [`${root}node_modules/vitest/vitest.mjs`, 'run', ...reporters, ...runnerArguments],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...vulkanEnvironment() } },
  );
  const outcome = readOutcome(report, isByName);
  if (outcome === null) {
    const end = error?.message ?? signal ?? `exit code ${status}`;
    console.log(`The tests ended without a report (${end}): counted as a failure`);
    return { passed: 0, failed: 1, skipped: [] };
  }
  if (status !== 0 && outcome.failed === 0) {
    console.log('The tests failed outside of any test: counted as a failure');
    return { ...outcome, failed: 1 };
  }
  return outcome;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const outcome = runTests();
console.log(closingLines(outcome).join('\n'));
process.exitCode = outcome.failed === 0 ? 0 : 1;
