/**
 * No kernel may spill registers on AMD's cards, whose compiler is in Debian's and Ubuntu's Mesa. The other
 * cards' compilers have to be built first (`npm run gpu-stats -- --card all`).
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createDawnDevice } from '../../support/dawn.ts';
import { onlyWhere } from '../../support/skipping.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const isInstalled = (program: string) => spawnSync(program, ['--version']).status === 0;
const drivers = ['radeon_icd.json', 'radeon_icd.x86_64.json'];
const hasAll =
  drivers.some((name) => existsSync(`/usr/share/vulkan/icd.d/${name}`)) &&
  existsSync('/usr/include/vulkan/vulkan.h') &&
  ['gcc', 'python3', 'spirv-as'].every(isInstalled);
const dawn = await createDawnDevice();
dawn?.device.destroy();

test(
  'no kernel of GPT-2 124M spills registers on the cards of AMD',
  onlyWhere(
    hasAll && dawn !== null,
    'Mesa’s AMD driver, gcc, libvulkan-dev, spirv-tools or python3 is not installed',
  ),
  () => {
    const run = (command: string, ...args: string[]) =>
      spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
    const vite = `${root}node_modules/vite/bin/vite.js`;
    const built = run(process.execPath, vite, 'build', '-c', 'tests/gpu-stats/vite.config.ts');
    expect(built.status, built.stderr).toBe(0);
    const { status, stdout, stderr } = run('python3', 'tests/gpu-stats/gpu_stats.py', '--check');
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/[1-9]\d* kernels on 2 cards, 0 with spills or private memory/);
  },
);
