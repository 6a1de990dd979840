/** Chooses the Chromium for the tests and the demo, and its flags. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Flags for software WebGPU in headless mode, and flags that stop Chromium's own network requests. */
const flags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--disable-gpu-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * An installed Chromium or Chrome that starts; undefined leaves the choice to Playwright's own
 * download. `MYNAH_CHROMIUM` is used without a check.
 * @returns {string | undefined}
 */
export function installedChromium() {
  return process.env['MYNAH_CHROMIUM'] ?? systemBrowsers.find(answers);
}

/**
 * Whether this is a browser. Ubuntu's `chromium-browser` is a script that only recommends a snap.
 * @param {string} path
 */
function answers(path) {
  if (!existsSync(path)) return false;
  // Chrome on Windows doesn't print its version but would open a window.
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && /Chrom(e|ium)/.test(stdout);
}

/** @returns {{ args: string[], executablePath?: string }} */
export function chromiumLaunchOptions() {
  const executablePath = installedChromium();
  return executablePath === undefined ? { args: flags } : { args: flags, executablePath };
}
