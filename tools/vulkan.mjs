/**
 * Which Vulkan driver Dawn (WebGPU in Node) computes on in the unit tests: the machine's own, else
 * the SwiftShader that every Chromium has beside it. `tools/lavapipe.sh` installs a faster one.
 */

import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { chromium } from 'playwright';
import { installedChromium } from './chromium.mjs';

/** Where Vulkan's loader looks on Linux; elsewhere drivers come with the system. */
const systemDrivers = [
  '/etc/vulkan/icd.d',
  '/usr/local/share/vulkan/icd.d',
  '/usr/share/vulkan/icd.d',
];

/**
 * Variables to run Node with, so that Dawn finds a driver; none where there is one already, or where
 * no browser has brought its own: then the suites that need one skip, and say so.
 * @returns {Record<string, string>}
 */
export function vulkanEnvironment() {
  const isNamed = 'VK_DRIVER_FILES' in process.env || 'VK_ICD_FILENAMES' in process.env;
  if (isNamed || process.platform !== 'linux' || systemDrivers.some(hasDriver)) return {};
  // Debian's `/usr/bin/chromium` is a script; what it starts lies in a folder of its own.
  const browser = installedChromium() ?? chromium.executablePath();
  const folders = [existsSync(browser) ? dirname(realpathSync(browser)) : '', '/usr/lib/chromium'];
  const folder = folders.find((path) => existsSync(`${path}/vk_swiftshader_icd.json`));
  if (folder === undefined) return {};
  const driver = `${folder}/vk_swiftshader_icd.json`;
  // The loader (libvulkan) may be missing from the system too: the browser's is taken behind it.
  const libraries = [process.env['LD_LIBRARY_PATH'], folder].filter(Boolean).join(':');
  return { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: libraries };
}

/** @param {string} folder */
function hasDriver(folder) {
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json'));
}
