/**
 * Whether `npm ci` works from this lock file on every kind of computer that Mynah is developed on.
 * npm writes a lock from the packages that are installed, and then leaves out the native binaries of
 * every other platform: there `npm ci` refuses the lock, or installs a bundler that can't start. A
 * lock is complete when it was written with neither a lock nor `node_modules` present.
 *
 * Part of `npm run check`, because npm needs neither the network nor its cache for a dry run.
 */

import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const platforms = ['darwin', 'win32', 'linux glibc', 'linux musl'].flatMap((system) =>
  ['x64', 'arm64'].map((cpu) => `${system} ${cpu}`),
);

/** Binaries that only some platforms need. */
const notNeededEverywhere = new Set(['fsevents']);

/** @type {{ packages: Record<string, { os?: string[], optionalDependencies?: Record<string, string> }> }} */
const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));

/**
 * The names of the packages that `npm ci` would install.
 * @param {string} folder one with the lock file and no `node_modules`, so that everything is listed
 * @param {string} platform
 * @returns {Promise<Set<string>>}
 */
async function packagesOn(folder, platform) {
  const words = platform.split(' ');
  const target = [`--os=${words[0]}`, `--cpu=${words.at(-1)}`];
  if (words.length === 3) target.push(`--libc=${words[1]}`);
  const options = ['--dry-run', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  const args = ['ci', ...options, ...target];
  const npm = spawn('npm', args, { cwd: folder, shell: process.platform === 'win32' });
  let output = '';
  let errors = '';
  npm.stdout.on('data', (chunk) => (output += chunk));
  npm.stderr.on('data', (chunk) => (errors += chunk));
  const status = await new Promise((resolve, reject) => {
    npm.on('error', reject);
    npm.on('close', resolve);
  });
  if (status !== 0) throw new Error(`npm ci refuses the lock file on ${platform}:\n${errors}`);
  return new Set([...output.matchAll(/^add (\S+)/gm)].map(([, name]) => name ?? ''));
}

/**
 * The packages that come with a native binary for each platform, and the names of those binaries.
 * @returns {Map<string, string[]>}
 */
function nativeBinaries() {
  const found = new Map();
  for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
    const binaries = Object.keys(optionalDependencies).filter((name) => {
      const entry = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
      return entry?.os !== undefined && !notNeededEverywhere.has(name);
    });
    if (binaries.length > 0) found.set(path.split('node_modules/').at(-1), binaries);
  }
  return found;
}

const folder = mkdtempSync(join(tmpdir(), 'mynah-lock-'));
try {
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(`${root}${file}`, join(folder, file));
  }
  const installed = await Promise.all(platforms.map((platform) => packagesOn(folder, platform)));
  const missing = [...nativeBinaries()].flatMap(([name, binaries]) =>
    platforms
      .filter((_, i) => !binaries.some((binary) => installed[i]?.has(binary)))
      .map((platform) => `${name} would have no native binary on ${platform}`),
  );
  if (missing.length > 0) throw new Error(missing.join('\n'));
  console.log(`npm ci installs from this lock file on ${platforms.join(', ')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error('Write the lock file anew, without node_modules and without the old lock file.');
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
