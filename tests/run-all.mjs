/**
 * `npm test`: unit tests in Node, browser tests in Chromium, end-to-end tests on the built site, one
 * after the other, because browser and end-to-end tests each want the whole machine. Ends with the
 * tests that were skipped and why, and with the counts of all three. Arguments are passed on to Vitest,
 * e.g. `npm test -- tests/unit/archive`.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { closingLines, readOutcome } from './support/test-report.mjs';
import { vulkanEnvironment } from './support/vulkan.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = `${root}.cache/tests`;
const runnerArguments = process.argv.slice(2);
/** With a pattern of names, Vitest reports every other test as skipped. */
const isByName = runnerArguments.some((argument) => /^(-t|--testNamePattern)\b/.test(argument));

/**
 * What a project's report says. A run that crashed has written no report, and one whose files failed to
 * load, or whose errors belong to no test, counts no failed test: each is counted as one failure.
 * @param {string} project
 * @param {Record<string, string | undefined>} env
 * @returns {import('./support/test-report.mjs').Outcome}
 */
function runProject(project, env) {
  const report = `${reports}/${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', '--project', project, '--passWithNoTests', ...reporters];
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  const { status, signal, error } = spawnSync(
    process.execPath,
    [vitest, ...args, ...runnerArguments],
    { cwd: root, stdio: 'inherit', env },
  );
  const outcome = readOutcome(report, isByName);
  if (outcome === null) {
    const end = error?.message ?? signal ?? `exit code ${status}`;
    console.log(`The ${project} tests ended without a report (${end}): counted as a failure`);
    return { passed: 0, failed: 1, skipped: [] };
  }
  if (status !== 0 && outcome.failed === 0) {
    console.log(`The ${project} tests failed outside of any test: counted as a failure`);
    return { ...outcome, failed: 1 };
  }
  return outcome;
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const env = { ...process.env, ...vulkanEnvironment() };
const outcomes = ['unit', 'browser', 'e2e'].map((project) => runProject(project, env));
console.log(closingLines(outcomes).join('\n'));
process.exitCode = outcomes.some(({ failed }) => failed > 0) ? 1 : 0;
