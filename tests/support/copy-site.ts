/** Copies of the built site that tests may change. */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUILT_SITE, engineScript } from './build-site.ts';

/** Copies a built site to a folder, whose former content is lost. */
export function copySite(folder: string, site = BUILT_SITE): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  cpSync(site, folder, { recursive: true });
}

/** Makes the engine's worker run `script` before all that it imports. The file that this adds isn't stored offline. */
export function putBeforeWorker(folder: string, script: string): void {
  writeFileSync(join(folder, 'assets', 'before-worker.js'), script);
  changeWorker(folder, (text) => `import './before-worker.js';${text}`);
}

/** Makes the engine's worker run `script`, after what it imports and before its own text. */
export function putIntoWorker(folder: string, script: string): void {
  changeWorker(folder, (text) => `{${script}}\n${text}`);
}

function changeWorker(folder: string, change: (text: string) => string): void {
  const file = join(folder, engineScript(folder));
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/** Makes the page run `script` before all of its own. */
export function putBeforePage(folder: string, script: string): void {
  const file = join(folder, 'first.js');
  writeFileSync(file, `${script}\n${readFileSync(file, 'utf8')}`);
}
