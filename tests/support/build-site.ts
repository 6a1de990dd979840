/** Builds the site once for all tests that need it, as `npm start` does: they run what users get. */

import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const BUILT_SITE = `${root}dist`;

/** Vitest loads this file once for each project, but all of them in one process. */
const shared = globalThis as { isMynahBuilt?: boolean };

/** Builds `dist/`, unless this run of Vitest has done so. */
export function buildSite(): void {
  if (shared.isMynahBuilt) return;
  // In a process of its own: under Vitest, NODE_ENV is `test` and Vite would build for that.
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  shared.isMynahBuilt = true;
}

/** The path of the engine's script below the folder of a built site. */
export function engineScript(site = BUILT_SITE): string {
  const names = readdirSync(`${site}/assets`);
  const script = names.find((name) => /^engine\.worker-.*\.js$/.test(name));
  if (script === undefined) throw new Error('the built site has no engine.worker');
  return `assets/${script}`;
}
