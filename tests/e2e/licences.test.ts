/** The page says under what licences its parts are, and leaves none of them out. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitUntilOffline } from '../support/drive-page.ts';
import { visitSite } from './open-page.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mynah-licences-'));
  // In a process of its own: under Vitest, NODE_ENV is `test` and Vite would build for that.
  execFileSync(
    process.execPath,
    [
      path.join(repository, 'node_modules/vite/bin/vite.js'),
      ...['build', '--sourcemap', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'],
    ],
    { cwd: repository, env: { ...process.env, NODE_ENV: 'production' }, stdio: 'inherit' },
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The packages that the source maps of the built site name, which are made from its code itself. */
function packagesInSourceMaps(): string[] {
  const maps = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js.map'),
  );
  const sources = maps.flatMap((map) => {
    const { sources } = JSON.parse(readFileSync(path.join(folder, map), 'utf8')) as {
      sources: string[];
    };
    return sources;
  });
  const names = sources.flatMap((source) => {
    const [, name] = /.*node_modules\/(@[^/]+\/[^/]+|[^/]+)\//.exec(source) ?? [];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)].sort();
}

test('the licences of the built site name every package in its scripts', () => {
  const text = readFileSync(path.join(folder, 'licences.html'), 'utf8');
  const titles = [...text.matchAll(/<h2>(\S+) \d+\.\d+\.\d+\S*, /g)].map(([, name]) => name);
  const packages = packagesInSourceMaps();
  // Of the page's build and of the engine worker's; the service worker has no package.
  expect(packages).toEqual(expect.arrayContaining(['preact', 'idb', 'hash-wasm']));
  expect(titles).toEqual(packages);
  const bom = JSON.parse(readFileSync(path.join(folder, 'sbom.cdx.json'), 'utf8')) as {
    bomFormat: string;
    components: { name: string; hashes: unknown[] }[];
  };
  expect(bom.bomFormat).toBe('CycloneDX');
  expect(bom.components.map(({ name }) => name).sort()).toEqual(packages);
  for (const { hashes } of bom.components) expect(hashes).toHaveLength(1);
  for (const part of ['Mynah, MIT', 'The starter model', 'The sample archive', 'XNNPACK', 'musl']) {
    expect(text).toContain(part);
  }
});

test('the footer opens the licences, offline too', async () => {
  const { page, context, site } = await visitSite({ folder });
  await waitUntilOffline(page);
  await site.unplug();
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('contentinfo').getByRole('link', { name: 'Licences' }).click(),
  ]);
  await opened.getByText('These are the licences of everything').waitFor();
});
