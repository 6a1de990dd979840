/**
 * `npm run faults`: does to the built page what browsers, graphics cards, disks and servers do, one fault
 * after the other, and prints a line for each: what was done, what the user sees, what was kept. Exit 1
 * when the page doesn't cope with one of them.
 *
 *   npm run faults                 all of them
 *   npm run faults -- storage      those of one group, or with this word in their names
 *
 * Each fault has a browser and a copy of the site for itself, so none can hide another.
 */

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from '../support/drive-page.ts';
import { serveSite } from '../support/serve-site.ts';
import type { Fault, FaultGroup, Outcome } from './fault.ts';
import { graphicsCard } from './graphics-card.ts';
import { hosting } from './hosting.ts';
import { loading } from './loading.ts';
import { lostData } from './lost-data.ts';
import { processor } from './processor.ts';
import { storage } from './storage.ts';

const groups: readonly FaultGroup[] = [
  loading,
  storage,
  lostData,
  hosting,
  graphicsCard,
  processor,
];

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How long the page may take to say what is expected of it. A loaded machine is slow. */
const PATIENCE_MS = Number(process.env['PATIENCE_MS'] ?? 90_000);

/** tsx gives functions their names by a helper that a page doesn't have. A method's text needs an object. */
function asScript(inject: (() => void) | readonly (() => void)[]): string {
  const calls = [inject].flat().map((each) => {
    const text = each.toString();
    return /^(function|\()/.test(text) ? `(${text})();` : `Object.values({ ${text} })[0]();`;
  });
  return ['globalThis.__name ??= (named) => named;', ...calls].join('\n');
}

/** Makes the engine's worker run `script` before all that it imports. */
function putBeforeWorker(folder: string, script: string): void {
  const assets = join(folder, 'assets');
  const worker = readdirSync(assets).find((file) => /^engine\.worker-.*\.js$/.test(file));
  if (worker === undefined) throw new Error('the built site has no engine.worker');
  writeFileSync(join(assets, 'fault.js'), script);
  const file = join(assets, worker);
  writeFileSync(file, `import './fault.js';${readFileSync(file, 'utf8')}`);
}

async function suffer({ inject, act, expect }: Fault): Promise<Outcome> {
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache/faulty-site-'));
  cpSync(join(root, 'dist'), folder, { recursive: true });
  if (inject.worker !== undefined) putBeforeWorker(folder, asScript(inject.worker));
  inject.site?.(folder);
  const site = await serveSite({ folder, isBare: inject.isBareHost ?? false });
  // The system's dialog for a file can't be driven; without it, the page downloads.
  const noDialog = () => Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  const initScript = asScript(noDialog) + (inject.page ? asScript(inject.page) : '');
  const { preferences } = inject;
  const profile = preferences === undefined ? {} : { preferences, isOnDisk: true };
  const session = await openSession(site.url, {
    ...profile,
    initScript,
    patienceMs: PATIENCE_MS,
  });
  try {
    const place = { ...session, site, folder };
    await act(place);
    return await expect(place);
  } catch (error) {
    const shown = session.page.locator('body').allInnerTexts();
    const text = (await shown.catch(() => ['no page'])).join('');
    throw new Error(`${error}\nThe page showed:\n${text}\n${session.complaints.join('\n')}`, {
      cause: error,
    });
  } finally {
    await session.close();
    await site.unplug();
    rmSync(folder, { recursive: true, force: true });
  }
}

const wanted = process.argv[2] ?? '';
const chosen = groups.flatMap(({ name: group, faults }) =>
  faults
    .map((fault) => ({ fault, title: `${group}: ${fault.name}` }))
    .filter(({ title }) => title.includes(wanted)),
);
let failed = 0;
for (const { fault, title } of chosen) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    const { sees, kept } = await suffer(fault);
    console.log(`held    ${title} → “${sees}” → ${kept} (${seconds()})`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${title} (${seconds()})\n${error}`);
  }
}
console.log(`${chosen.length - failed} of ${chosen.length} faults held`);
// The preview servers' watchers would keep the process alive.
process.exit(failed === 0 && chosen.length > 0 ? 0 : 1);
