/**
 * `npm test`: unit tests in Node, browser tests in Chromium, end-to-end tests on the built site; one
 * after the other, because two of them want the whole machine. Ends with the runners' own counts.
 * Arguments are passed on to Vitest, e.g. `npm test -- tests/unit/archive`.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vulkanEnvironment } from './vulkan.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = `${root}.cache/tests`;
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const env = { ...process.env, ...vulkanEnvironment() };

/**
 * What a project's report says. A run that crashed has written none, and one whose files didn't load
 * or whose errors belong to no test counts no failed test: each is one failure.
 * @param {string} project
 * @returns {{ passed: number, failed: number }}
 */
function runProject(project) {
  const report = `${reports}/${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', '--project', project, '--passWithNoTests', ...reporters];
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  const { status, signal, error } = spawnSync(
    process.execPath,
    [vitest, ...args, ...process.argv.slice(2)],
    { cwd: root, stdio: 'inherit', env },
  );
  const counts = readCounts(report);
  if (counts === null) {
    const end = error?.message ?? signal ?? `exit code ${status}`;
    console.log(`The ${project} tests ended without a report (${end}): counted as a failure`);
    return { passed: 0, failed: 1 };
  }
  if (status !== 0 && counts.failed === 0) {
    console.log(`The ${project} tests failed outside of any test: counted as a failure`);
    return { ...counts, failed: 1 };
  }
  return counts;
}

/**
 * @param {string} report
 * @returns {{ passed: number, failed: number } | null}
 */
function readCounts(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return null;
  }
}

const total = { passed: 0, failed: 0 };
for (const project of ['unit', 'browser', 'e2e']) {
  const { passed, failed } = runProject(project);
  total.passed += passed;
  total.failed += failed;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
