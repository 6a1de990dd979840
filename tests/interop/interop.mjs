/**
 * `npm run interop`: exports bots with the project's own code and loads them with the tools that people use:
 * transformers, PEFT and tokenizers, ggml's package for GGUF, and llama.cpp. Exports runs, too, and reads them with TensorBoard and
 * wandb. It installs them once, in `.cache/interop-venv` and `.cache/interop-llama`. What can't be installed is named and counted as skipped.
 *
 * `INTEROP_PYTHON` names another Python that has the packages already, `INTEROP_LLAMA` a folder with node-llama-cpp in
 * its `node_modules`, and `INTEROP_TRANSFORMERS_4` a folder with transformers 4.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = `${root}.cache`;
const out = `${cache}/interop`;
const windows = process.platform === 'win32';
const venv = `${cache}/interop-venv`;
const python =
  process.env.INTEROP_PYTHON ?? (windows ? `${venv}/Scripts/python.exe` : `${venv}/bin/python`);
const llama = process.env.INTEROP_LLAMA ?? `${cache}/interop-llama`;
/** A folder with transformers 4. */
const older = process.env.INTEROP_TRANSFORMERS_4 ?? `${cache}/interop-transformers-4`;
const packages = [
  ...['torch', 'transformers', 'peft', 'accelerate', 'safetensors', 'tokenizers'],
  ...['gguf', 'huggingface_hub'],
];
const LLAMA_VERSION = '3.22.1';
/** The builds of llama.cpp that need nothing but a processor. */
const LLAMA_BUILDS = new Map([
  ['linux x64', 'linux-x64'],
  ['linux arm64', 'linux-arm64'],
  ['darwin arm64', 'mac-arm64-metal'],
  ['darwin x64', 'mac-x64'],
  ['win32 x64', 'win-x64'],
  ['win32 arm64', 'win-arm64'],
]);

const counts = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function quietly(command, args, cwd = root) {
  const { status, error, stderr, stdout } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  const said = `${stderr ?? ''}${stdout ?? ''}`.trim().split('\n').at(-1);
  return { ok: status === 0, why: error?.message ?? said ?? `exit code ${status}` };
}

/**
 * Runs a command whose last line says how many checks passed, failed and were skipped, and adds these up.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<void>}
 */
function count(command, args, env = process.env) {
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let end = '';
  child.stdout.on('data', (/** @type {Buffer} */ said) => {
    process.stdout.write(said);
    end = (end + said.toString()).slice(-1000);
  });
  return new Promise((resolve) => {
    child.on('error', ({ message }) => {
      end = message;
    });
    child.on('close', (code) => {
      const found = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(end);
      if (found === null) {
        console.log(
          `${args.join(' ')} ended without counts (exit code ${code}): counted as a failure`,
        );
        counts.failed++;
      } else {
        counts.passed += Number(found[1]);
        counts.failed += Number(found[2]);
        counts.skipped += Number(found[3]);
      }
      resolve();
    });
  });
}

/**
 * @param {string} what
 * @param {string} why
 */
function skip(what, why) {
  console.log(`Skipped ${what}: ${why}`);
  counts.skipped++;
}

/** Returns why there is no Python with the packages, or null if there is one. */
function installPython() {
  if (quietly(python, ['-c', `import ${packages.join(', ')}`]).ok) return null;
  if (windows) return 'it needs fork, which Windows lacks';
  if (process.env.INTEROP_PYTHON !== undefined)
    return `${python} doesn't have ${packages.join(', ')}`;
  if (!existsSync(python)) {
    const made = quietly('python3', ['-m', 'venv', venv]);
    if (!made.ok) return made.why;
  }
  console.log(`Installing ${packages.join(', ')} in .cache/interop-venv; this takes minutes`);
  const installed = quietly(python, ['-m', 'pip', 'install', '--retries', '0', '-q', ...packages]);
  return installed.ok ? null : `pip failed: ${installed.why}`;
}

/** Returns why there is no llama.cpp, or null if there is one. */
function installLlama() {
  if (existsSync(`${llama}/node_modules/node-llama-cpp/package.json`)) return null;
  const build = LLAMA_BUILDS.get(`${process.platform} ${process.arch}`);
  if (build === undefined) return `node-llama-cpp has no build for ${process.platform}`;
  mkdirSync(llama, { recursive: true });
  writeFileSync(`${llama}/package.json`, '{ "private": true }');
  console.log('Installing node-llama-cpp in .cache/interop-llama');
  // The package names eleven other builds as optional, which have gigabytes.
  const wanted = ['node-llama-cpp', `@node-llama-cpp/${build}`].map(
    (name) => `${name}@${LLAMA_VERSION}`,
  );
  const options = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
  const npm = windows ? 'npm.cmd' : 'npm';
  const installed = quietly(npm, ['install', ...options, ...wanted], llama);
  return installed.ok ? null : `npm failed: ${installed.why}`;
}

/**
 * Installs transformers 4 in a folder of its own, for the Python that has all the rest. Returns why it isn't there,
 * or null.
 */
function installOlder() {
  if (existsSync(`${older}/transformers`)) return null;
  const options = ['install', '--retries', '0', '-q', '--target', older];
  const installed = quietly(python, ['-m', 'pip', ...options, 'transformers<5']);
  if (installed.ok) return null;
  rmSync(older, { recursive: true, force: true });
  return `pip failed: ${installed.why}`;
}

/** Installs what reads the files of runs. Without wandb, its checks say that they are skipped. */
function installForRuns() {
  if (process.env.INTEROP_PYTHON !== undefined) return;
  for (const name of ['tensorboard', 'wandb']) {
    if (quietly(python, ['-c', `import ${name}`]).ok) continue;
    console.log(`Installing ${name} in .cache/interop-venv`);
    quietly(python, ['-m', 'pip', 'install', '--retries', '0', '-q', name]);
  }
}

/**
 * Lets a script write its files into an empty folder. If it fails, that is counted as a failure.
 * @param {string} script
 * @param {string} folder
 */
function make(script, folder) {
  rmSync(folder, { recursive: true, force: true });
  const args = ['--import', 'tsx', `tests/interop/${script}`, folder];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) counts.failed++;
  return status === 0;
}

async function main() {
  const noPython = installPython();
  if (noPython !== null) {
    skip('everything, because Python’s packages couldn’t be installed', noPython);
    return;
  }
  if (!make('make-exports.ts', out)) return;
  await count(python, ['tests/interop/check.py', out]);
  const noOlder = installOlder();
  if (noOlder === null) {
    await count(python, ['tests/interop/check.py', out], { ...process.env, PYTHONPATH: older });
  } else skip('transformers 4', noOlder);
  const adapters = quietly(python, ['tests/interop/make_adapters.py', out]);
  if (adapters.ok) {
    const check = ['--import', 'tsx', 'tests/interop/check-adapters.ts', out];
    await count(process.execPath, check);
  } else {
    console.log(`PEFT made no adapters (${adapters.why}): counted as a failure`);
    counts.failed++;
  }
  await count(python, ['tests/interop/check_card.py', out]);
  await count(python, ['tests/interop/check_trainer.py', out]);
  await count(python, ['tests/interop/check_gguf.py', out]);
  const noLlama = installLlama();
  if (noLlama === null) await count(process.execPath, ['tests/interop/llama.mjs', out, llama]);
  else skip('llama.cpp', noLlama);

  installForRuns();
  if (make('make-run-files.ts', `${out}-runs`)) {
    await count(python, ['tests/interop/check_runs.py', `${out}-runs`]);
  }
}

await main();
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
