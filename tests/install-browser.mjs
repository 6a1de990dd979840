/**
 * Installs a Chromium for the tests and the demo, and does nothing where one starts already. Debian's
 * package when run as root on Debian, Playwright's own download elsewhere. Ubuntu and others of the
 * family have no such package, or one that only points to a snap, so a browser counts only if it starts.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installedChromium } from './support/chromium.mjs';

/** @param {string} command @param {string[]} args */
function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`);
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell });
  if (error) throw error;
  return status === 0;
}

function installBrowser() {
  if (installedChromium() !== undefined) return true;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/etc/debian_version')) {
    const apt = ['DEBIAN_FRONTEND=noninteractive', 'apt-get'];
    const isDone =
      run('env', [...apt, 'update', '-qq']) &&
      run('env', [...apt, 'install', '-y', '-qq', 'chromium']);
    if (isDone && installedChromium() !== undefined) return true;
    console.log('The system’s packages have no Chromium that starts: Playwright downloads its own');
  }
  // Playwright installs the libraries that its browser needs from the system's packages, as root only.
  const withDeps = isRoot && process.platform === 'linux' ? ['--with-deps'] : [];
  return run('npx', ['playwright', 'install', ...withDeps, 'chromium']);
}

if (!installBrowser()) process.exitCode = 1;
