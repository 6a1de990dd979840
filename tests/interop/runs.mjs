/** Exports runs, and reads the files with TensorBoard and wandb: the part of `npm run interop` about runs. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Installs what is missing, and returns the exit status. Where wandb can't be installed, its checks say that
 * they are skipped.
 *
 * @param {string} python
 * @param {string} out An empty folder for the files.
 */
export function checkRuns(python, out) {
  /** @param {readonly string[]} args @param {'inherit' | 'pipe'} stdio */
  const run = (args, stdio = 'pipe', command = python) =>
    spawnSync(command, args, { cwd: root, stdio, encoding: 'utf8' }).status ?? 1;
  for (const name of ['tensorboard', 'wandb']) {
    if (run(['-c', `import ${name}`]) === 0) continue;
    console.log(`Installing ${name} in .cache/interop-venv`);
    run(['-m', 'pip', 'install', '--retries', '0', '--quiet', name]);
  }
  const make = ['--import', 'tsx', 'tests/interop/make-run-files.ts', out];
  return (
    run(make, 'inherit', process.execPath) || run(['tests/interop/check_runs.py', out], 'inherit')
  );
}
