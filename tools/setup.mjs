/**
 * Makes a fresh clone ready: packages, and with `--browser` a Chromium too. Plain JavaScript and
 * nothing but Node, because it runs before anything is installed. Does nothing when all is there.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installedChromium } from './chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} command @param {string[]} args */
function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  return status === 0;
}

/** Installs exactly what the lock file says, unless `node_modules` was made from this very file. */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  const stamp = `${root}node_modules/.mynah-lock`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return true;
  if (!run('npm', ['ci', '--no-audit', '--no-fund'])) return false;
  writeFileSync(stamp, lock);
  return true;
}

/**
 * Debian's package as root on Debian, Playwright's own download elsewhere. Ubuntu and others of the
 * family have no such package, or one that only points to a snap: what counts is what starts.
 */
function installBrowser() {
  if (installedChromium() !== undefined) return true;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/etc/debian_version')) {
    const apt = ['DEBIAN_FRONTEND=noninteractive', 'apt-get'];
    const isDone =
      run('env', [...apt, 'update', '-qq']) &&
      run('env', [...apt, 'install', '-y', '-qq', 'chromium']);
    if (isDone && installedChromium() !== undefined) return true;
    console.log('No Chromium from the system’s packages: taking the one of Playwright');
  }
  // What it needs of the system comes from the system's packages, which takes root.
  const withDeps = isRoot && process.platform === 'linux' ? ['--with-deps'] : [];
  return run('npx', ['playwright', 'install', ...withDeps, 'chromium']);
}

if (!installPackages()) process.exit(1);
if (process.argv.includes('--browser') && !installBrowser()) process.exit(1);
