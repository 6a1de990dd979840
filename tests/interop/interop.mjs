/**
 * `npm run interop`: exports bots and runs with the project's own code and loads them with the tools that people use
 * (`README.md` lists them). It installs these once, in folders of `.cache/`. What can't be installed is named and
 * counted as skipped.
 *
 * `INTEROP_PYTHON` names another Python that has the packages already, `INTEROP_LLAMA` a folder with node-llama-cpp in
 * its `node_modules`, `INTEROP_TRANSFORMERS_JS` one with transformers.js, and `INTEROP_TRANSFORMERS_4` a folder with
 * transformers 4.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outcomeFile } from '../support/run-tests.mjs';
import { closingLines } from '../support/test-report.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = `${root}.cache`;
const out = `${cache}/interop`;
const venv = `${cache}/interop-venv`;
const python = process.env.INTEROP_PYTHON ?? `${venv}/bin/python`;
const llama = process.env.INTEROP_LLAMA ?? `${cache}/interop-llama`;
const transformersJs = process.env.INTEROP_TRANSFORMERS_JS ?? `${cache}/interop-transformers-js`;
const older = process.env.INTEROP_TRANSFORMERS_4 ?? `${cache}/interop-transformers-4`;
const packages = [
  ...['torch', 'transformers', 'peft', 'accelerate', 'safetensors', 'tokenizers'],
  ...['gguf', 'huggingface_hub'],
];
/** Whatever takes longer to install counts as not installable. */
const INSTALL_MS = 15 * 60_000;
const LLAMA_VERSION = '3.22.1';
const JS_VERSION = '4.3.1';
/** The builds of llama.cpp that need nothing but a processor. */
const LLAMA_BUILDS = new Map([
  ['linux x64', 'linux-x64'],
  ['linux arm64', 'linux-arm64'],
  ['darwin arm64', 'mac-arm64-metal'],
  ['darwin x64', 'mac-x64'],
]);

/** @type {import('../support/test-report.mjs').Outcome} */
const outcome = { passed: 0, failed: 0, skipped: [] };

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function quietly(command, args, cwd = root) {
  const options = { cwd, encoding: /** @type {const} */ ('utf8'), timeout: INSTALL_MS };
  const { status, error, stderr, stdout } = spawnSync(command, args, options);
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
  const name = args.find((arg) => arg.startsWith('tests/')) ?? command;
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
        console.log(`${name} ended without counts (exit code ${code}): counted as a failure`);
        outcome.failed++;
      } else {
        outcome.passed += Number(found[1]);
        outcome.failed += Number(found[2]);
        const said = [...end.matchAll(/^Skipped, because (.+): (.+)$/gm)];
        for (let i = 0; i < Number(found[3]); i++) {
          const [, why = 'it gives no reason', what = `a check of ${name}`] = said[i] ?? [];
          skip(what, why);
        }
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
  outcome.skipped.push({ name: `interop: ${what}`, reason: why });
}

/** Returns why there is no Python with the packages, or null if there is one. */
function installPython() {
  if (process.platform === 'win32') return 'it needs fork, which Windows lacks';
  if (quietly(python, ['-c', `import ${packages.join(', ')}`]).ok) return null;
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
  const build = LLAMA_BUILDS.get(`${process.platform} ${process.arch}`);
  if (build === undefined) return `node-llama-cpp has no build for ${process.platform}`;
  // The package names eleven other builds as optional, which have gigabytes.
  const options = ['--omit=optional'];
  const names = ['node-llama-cpp', `@node-llama-cpp/${build}`];
  return installPackages(
    llama,
    names.map((name) => `${name}@${LLAMA_VERSION}`),
    options,
  );
}

/**
 * Installs packages of npm in a folder of their own. Returns why it can't, or null.
 * @param {string} folder
 * @param {readonly string[]} wanted
 * @param {readonly string[]} more options
 */
function installPackages(folder, wanted, more = []) {
  const [first = ''] = wanted;
  const name = first.slice(0, first.lastIndexOf('@'));
  if (existsSync(`${folder}/node_modules/${name}/package.json`)) return null;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, '{ "private": true }');
  console.log(`Installing ${name} in .cache/${basename(folder)}`);
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', ...more];
  const installed = quietly('npm', ['install', ...options, ...wanted], folder);
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
  if (status !== 0) outcome.failed++;
  return status === 0;
}

async function main() {
  const noPython = installPython();
  if (noPython !== null) {
    skip('everything', `Python’s packages couldn’t be installed: ${noPython}`);
    return;
  }
  if (!make('make-exports.ts', out)) return;
  await count(python, ['tests/interop/check.py', out]);
  const noOlder = installOlder();
  if (noOlder === null) {
    await count(python, ['tests/interop/check.py', out], { ...process.env, PYTHONPATH: older });
  } else skip('transformers 4', `it couldn’t be installed: ${noOlder}`);
  const adapters = quietly(python, ['tests/interop/make_adapters.py', out]);
  if (adapters.ok) {
    const check = ['--import', 'tsx', 'tests/interop/check-adapters.ts', out];
    await count(process.execPath, check);
  } else {
    console.log(`PEFT made no adapters (${adapters.why}): counted as a failure`);
    outcome.failed++;
  }
  await count(python, ['tests/interop/check_card.py', out]);
  await count(python, ['tests/interop/check_trainer.py', out]);
  if (make('make-optimizer.ts', `${out}-optimizer`)) {
    await count(python, ['tests/interop/check_optimizer.py', `${out}-optimizer`]);
    const further = ['--import', 'tsx', 'tests/interop/check-further.ts', `${out}-optimizer`];
    await count(process.execPath, further);
  }
  await count(python, ['tests/interop/check_gguf.py', out]);
  const noLlama = installLlama();
  if (noLlama === null) await count(process.execPath, ['tests/interop/llama.mjs', out, llama]);
  else skip('llama.cpp', `it couldn’t be installed: ${noLlama}`);

  const noJs = installPackages(transformersJs, [`@huggingface/transformers@${JS_VERSION}`]);
  if (noJs === null) {
    await count(process.execPath, ['tests/interop/onnx.mjs', out, transformersJs]);
  } else skip('transformers.js', `it couldn’t be installed: ${noJs}`);

  installForRuns();
  if (make('make-run-files.ts', `${out}-runs`)) {
    await count(python, ['tests/interop/check_runs.py', `${out}-runs`]);
  }
}

rmSync(outcomeFile('npm-run-interop'), { force: true });
await main();
mkdirSync(dirname(outcomeFile('npm-run-interop')), { recursive: true });
writeFileSync(outcomeFile('npm-run-interop'), JSON.stringify(outcome));
console.log(closingLines(outcome).join('\n'));
process.exitCode = outcome.failed === 0 ? 0 : 1;
