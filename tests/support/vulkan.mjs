/**
 * Which Vulkan driver Dawn (WebGPU in Node) computes on in the tests: the machine's own if Dawn accepts
 * it, else the SwiftShader that every Chromium brings along. `tools/lavapipe.sh` installs a faster one.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { installedChromium } from './chromium.mjs';

/**
 * Prints the name of the device that Dawn gives, or fails. It runs in a process of its own, because a
 * driver can crash, and because the Vulkan loader reads its environment only once.
 */
const tryDevice = `
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const adapter = await gpu.requestAdapter();
  if (adapter === null) process.exit(1);
  await adapter.requestDevice();
  console.log(adapter.info.description || adapter.info.device || adapter.info.vendor);
  process.exit(0);
`;

/**
 * The variables that Node needs so that Dawn finds a driver: none if it accepts the machine's own. If
 * it accepts nothing, the suites that need a device are skipped. Says what it chose and why.
 * @returns {Record<string, string>}
 */
export function vulkanEnvironment() {
  const own = deviceName({});
  if (own !== undefined) {
    console.log(`WebGPU in Node: ${own}`);
    return {};
  }
  const variables = swiftShader();
  const name = variables && deviceName(variables);
  if (variables === undefined || name === undefined) {
    console.log('WebGPU in Node: none, because Dawn accepts no Vulkan driver of this machine');
    return {};
  }
  console.log(`WebGPU in Node: ${name}, because Dawn accepts no Vulkan driver of the system`);
  return variables;
}

/**
 * The name of the device that Dawn gives with these variables; undefined if it gives none.
 * @param {Record<string, string>} variables
 */
function deviceName(variables) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', tryDevice],
    {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...process.env, ...variables },
      encoding: 'utf8',
      timeout: 120_000,
    },
  );
  return status === 0 ? stdout.trim().split('\n').at(-1) : undefined;
}

/**
 * The variables that name Chromium's driver; undefined where there is none.
 * @returns {Record<string, string> | undefined}
 */
function swiftShader() {
  if (process.platform !== 'linux') return undefined;
  // Debian's `/usr/bin/chromium` is a script; the program that it starts lies in another folder.
  const browser = installedChromium() ?? chromium.executablePath();
  const folders = [existsSync(browser) ? dirname(realpathSync(browser)) : '', '/usr/lib/chromium'];
  const folder = folders.find((path) => existsSync(`${path}/vk_swiftshader_icd.json`));
  if (folder === undefined) return undefined;
  const driver = `${folder}/vk_swiftshader_icd.json`;
  // The system may lack the Vulkan loader as well: the browser's is found behind the system's own.
  const libraries = [process.env['LD_LIBRARY_PATH'], folder].filter(Boolean).join(':');
  return { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: libraries };
}
