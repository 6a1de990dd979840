/** Which Vulkan driver the tests compute on, tried in processes of their own. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onlyWhere } from '../../support/skipping.ts';

const module = new URL('../../support/vulkan.mjs', import.meta.url).href;

/** What `vulkanEnvironment` returns where the machine has no driver but the one that a file names. */
function chosenWith(driverFile: string): { readonly said: string; readonly variables: unknown } {
  const code = `
    const { vulkanEnvironment } = await import(${JSON.stringify(module)});
    console.log(JSON.stringify(vulkanEnvironment()));
  `;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    env: { ...process.env, VK_DRIVER_FILES: driverFile, VK_ICD_FILENAMES: driverFile },
    encoding: 'utf8',
  });
  const [said = '', variables = 'null'] = stdout.trim().split('\n');
  return { said, variables: JSON.parse(variables) };
}

test(
  'a driver that Dawn refuses is passed over for the one that Chromium brings',
  onlyWhere(process.platform === 'linux', 'only Chromium for Linux brings a Vulkan driver'),
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'mynah-vulkan-'));
    const refused = join(folder, 'driver.json');
    writeFileSync(
      refused,
      JSON.stringify({
        file_format_version: '1.0.0',
        ICD: { api_version: '1.1.0', library_path: join(folder, 'no-such-library.so') },
      }),
    );
    const { said, variables } = chosenWith(refused);
    rmSync(folder, { recursive: true });
    expect(said).toContain('SwiftShader');
    expect(variables).toMatchObject({
      VK_DRIVER_FILES: expect.stringContaining('vk_swiftshader_icd.json'),
    });
  },
);
