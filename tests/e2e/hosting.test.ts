/** The built site under real static servers: Python's in a folder without any headers, and nginx with ours. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BUILT_SITE } from '../support/build-site.ts';
import { copySite } from '../support/copy-site.ts';
import {
  readCounts,
  type Session,
  startTraining,
  trySample,
  waitUntilOffline,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { freePort } from '../support/free-port.ts';
import { HANGING_MS } from '../support/patience.ts';
import { onlyWhere } from '../support/skipping.ts';
import { openPage } from './open-page.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));

const hasPython = spawnSync('python3', ['--version']).status === 0;

let folder: string;
let server: ChildProcess | null = null;
let session: Session | null = null;

beforeEach(() => {
  server = null;
  session = null;
  folder = mkdtempSync(join(tmpdir(), 'mynah-hosting-'));
});

afterEach(async () => {
  await session?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
  expect([session?.complaints, session?.foreignRequests]).toEqual([[], []]);
});

/** Starts a server, and resolves when it answers at the address. */
async function start(command: string, parameters: readonly string[], url: string): Promise<void> {
  const started = spawn(command, parameters, { stdio: 'ignore' });
  server = started;
  const deadline = Date.now() + HANGING_MS;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok === true) return;
    if (started.exitCode !== null || Date.now() > deadline) {
      throw new Error(`${command} doesn’t serve ${url}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('Python’s server, in a folder below another, does the whole job on the first visit', {
  ...onlyWhere(hasPython, 'python3 isn’t installed'),
}, async () => {
  copySite(join(folder, 'some/where'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/some/where/`;
  const parameters = ['-m', 'http.server', String(port), '--bind', '127.0.0.1'];
  await start('python3', [...parameters, '--directory', folder], url);
  session = await openPage(url);
  const { page } = session;
  await trySample(page);
  expect((await readCounts(page)).kept).toBeGreaterThan(0);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await startTraining(page, 1);
  await waitUntilTrained(page);
  expect(await writeTweets(page, 'My dream is', 1)).toHaveLength(1);
});

test('nginx, with the headers of docs/hosting, gives threads on the first visit', {
  ...onlyWhere(nginx !== undefined, 'nginx isn’t installed'),
}, async () => {
  const port = await freePort();
  mkdirSync(join(folder, 'logs'));
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  const configuration = `
    daemon off; pid ${folder}/pid; error_log ${folder}/logs/error;
    events {}
    http {
      include /etc/nginx/mime.types; access_log off; ${scratch}
      server {
        listen 127.0.0.1:${port}; root ${BUILT_SITE};
        include ${join(repository, 'docs/hosting/nginx.conf')};
      }
    }`;
  writeFileSync(join(folder, 'nginx.conf'), configuration);
  const url = `http://127.0.0.1:${port}/`;
  await start(nginx ?? '', ['-c', join(folder, 'nginx.conf'), '-p', folder], url);
  session = await openPage(url);
  const { page } = session;
  await trySample(page);
  expect((await readCounts(page)).kept).toBeGreaterThan(0);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const assets = await page.evaluate(async () => {
    const script = document.querySelector('script[type=module]')?.getAttribute('src') ?? '';
    return (await fetch(script)).headers.get('Cache-Control');
  });
  expect(assets).toContain('immutable');
  await waitUntilOffline(page);
  server?.kill();
  await page.reload();
  await readCounts(page);
});
