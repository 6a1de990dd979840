/** Which Chromium tests and the demo drive, and with which flags: the one place that says so. */

import { existsSync } from 'node:fs';

/** Software WebGPU works headless with these; the rest keeps Chromium from calling home. */
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
 * An installed Chromium or Chrome; undefined leaves the choice to Playwright's own download.
 * @returns {string | undefined}
 */
export function installedChromium() {
  return process.env['MYNAH_CHROMIUM'] ?? systemBrowsers.find((path) => existsSync(path));
}

/** @returns {{ args: string[], executablePath?: string }} */
export function chromiumLaunchOptions() {
  const executablePath = installedChromium();
  return executablePath === undefined ? { args: flags } : { args: flags, executablePath };
}
