/**
 * Installs the packages of a fresh clone, and does nothing when they are there. Plain JavaScript that
 * needs nothing but Node, because it runs before anything is installed.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lock = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .digest('hex');
/** Says which lock file `node_modules` was made from. */
const stamp = `${root}node_modules/.mynah-lock`;

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  const args = ['ci', '--no-audit', '--no-fund'];
  console.log(`> npm ${args.join(' ')}`);
  const { status, error } = spawnSync('npm', args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) process.exit(1);
  writeFileSync(stamp, lock);
}
