/**
 * `npm run interop`: exports bots with the project's own code and loads them with transformers, PEFT and
 * tokenizers in Python, which it installs once, in `.cache/interop-venv`. Where that can't be done, it says so
 * and counts as skipped.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkRuns } from './runs.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}.cache/interop-venv`;
const windows = process.platform === 'win32';
const python = windows ? `${folder}/Scripts/python.exe` : `${folder}/bin/python`;
const out = `${root}.cache/interop`;
const packages = ['torch', 'transformers', 'peft', 'safetensors', 'tokenizers'];

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {'inherit' | 'pipe'} stdio
 */
function run(command, args, stdio = 'inherit') {
  return spawnSync(command, args, { cwd: root, stdio, encoding: 'utf8' });
}

/** Returns why there is no Python with the packages, or null if there is one. */
function install() {
  if (run(python, ['-c', `import ${packages.join(', ')}`], 'pipe').status === 0) return null;
  if (windows) return 'it needs fork, which Windows lacks';
  if (!existsSync(python)) {
    const made = run('python3', ['-m', 'venv', folder], 'pipe');
    if (made.status !== 0) return made.error?.message ?? made.stderr.trim() + made.stdout.trim();
  }
  console.log(`Installing ${packages.join(', ')} in .cache/interop-venv; this takes minutes`);
  const pip = ['-m', 'pip', 'install', '--retries', '0', '--quiet', ...packages];
  const installed = run(python, pip, 'pipe');
  return installed.status === 0
    ? null
    : `pip failed: ${installed.stderr.trim().split('\n').at(-1)}`;
}

const missing = install();
if (missing !== null) {
  console.log(`Skipped, because Python's packages couldn't be installed: ${missing}`);
  console.log('0 passed, 0 failed, 1 skipped');
} else {
  for (const each of [out, `${out}-runs`]) rmSync(each, { recursive: true, force: true });
  const made = run(process.execPath, ['--import', 'tsx', 'tests/interop/make-exports.ts', out]);
  process.exitCode = (made.status || run(python, ['tests/interop/check.py', out]).status) ?? 1;
  process.exitCode ||= checkRuns(python, `${out}-runs`);
}
