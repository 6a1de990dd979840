/** Runs Vitest and says what came of it, for `npm test` and `npm run browsers`. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readOutcome } from './test-report.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}.cache/tests`;

/**
 * Where the outcome of a run is kept, for `tests/closing-line.mjs`.
 * @param {string} name
 */
export function outcomeFile(name) {
  return `${folder}/${name}.outcome.json`;
}

/**
 * What Vitest's report says. A run that crashed has written no report, and one whose files failed to
 * load, or whose errors belong to no test, counts no failed test: each is counted as one failure.
 * @param {string} name of the run
 * @param {string[]} runnerArguments for Vitest
 * @param {Record<string, string>} environment in addition to this process's own
 * @returns {import('./test-report.mjs').Outcome}
 */
export function runTests(name, runnerArguments, environment) {
  const report = `${folder}/${name}.report.json`;
  rmSync(report, { force: true });
  rmSync(outcomeFile(name), { force: true });
  mkdirSync(folder, { recursive: true });
  const outcome = runVitest(report, runnerArguments, environment);
  writeFileSync(outcomeFile(name), JSON.stringify(outcome));
  return outcome;
}

/**
 * @param {string} report
 * @param {string[]} runnerArguments
 * @param {Record<string, string>} environment
 * @returns {import('./test-report.mjs').Outcome}
 */
function runVitest(report, runnerArguments, environment) {
  /** With a pattern of names, Vitest reports every other test as skipped. */
  const isByName = runnerArguments.some((argument) => /^(-t|--testNamePattern)\b/.test(argument));
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status, signal, error } = spawnSync(
    process.execPath,
    [`${root}node_modules/vitest/vitest.mjs`, 'run', ...reporters, ...runnerArguments],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } },
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
