/**
 * `npm run faults`: does to the built page what browsers, graphics cards, disks and servers do, one fault
 * after the other, and prints a line for each: what was done, what the user sees, what was kept. Exit 1
 * when the page doesn't cope with one of them.
 *
 *   npm run faults                 all of them
 *   npm run faults -- storage      those of one group, or with this word in their names
 *   npx tsx tests/faults/faults.ts --site DIR --table FILE
 *                                  on another build, such as that of an older version, whose results
 *                                  are written into a file as a table (RESULTS.md says how it was made)
 *
 * Each fault has a browser and a copy of the site for itself, so none can hide another. The first one does
 * nothing: if even that fails, the site can't be driven, and the others say nothing about it.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { BUILT_SITE } from '../support/build-site.ts';
import { copySite, putBeforeWorker } from '../support/copy-site.ts';
import { openSession } from '../support/drive-page.ts';
import { serveSite } from '../support/serve-site.ts';
import { control } from './control.ts';
import { driver } from './driver.ts';
import type { Fault, FaultGroup, Outcome } from './fault.ts';
import { failingWrites } from './failing-writes.ts';
import { graphicsCard } from './graphics-card.ts';
import { hosting } from './hosting.ts';
import { life } from './life.ts';
import { loading } from './loading.ts';
import { lostData } from './lost-data.ts';
import { missing } from './missing.ts';
import { parts } from './parts.ts';
import { planted } from './planted.ts';
import { processor } from './processor.ts';
import { storage } from './storage.ts';

const groups: readonly FaultGroup[] = [
  control,
  loading,
  parts,
  life,
  storage,
  failingWrites,
  lostData,
  planted,
  hosting,
  graphicsCard,
  driver,
  processor,
  missing,
];

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { site: { type: 'string', default: BUILT_SITE }, table: { type: 'string' } },
});

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

async function suffer({ inject, act, expect }: Fault): Promise<Outcome> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(`${cache}faulty-site-`);
  copySite(folder, options.site);
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

/** What was waited for and didn't come, or what the page said instead. */
function whyItFailed(error: unknown): string {
  const lines = stripVTControlCharacters(String(error)).split('\n');
  const waited = lines
    .map((line) => /waiting for (.*?)(?:\.first\(\))?(?: to be visible)?$/.exec(line)?.[1])
    .find((what) => what !== undefined);
  const said =
    /the page says: (.*?)(?:Try again)?$/.exec(lines[0] ?? '')?.[1] ??
    lines.find((line) => line.startsWith("'"));
  const text = said === undefined ? `waited in vain for ${waited ?? lines[0]}` : `said ${said}`;
  return text.replaceAll('|', '\\|').slice(0, 220);
}

const wanted = positionals[0] ?? '';
const chosen = groups.flatMap(({ name: group, faults }) =>
  faults
    .map((fault) => ({ fault, title: `${group}: ${fault.name}` }))
    .filter(({ title }) => title.includes(wanted)),
);
let failed = 0;
const rows: string[] = [];
for (const { fault, title } of chosen) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    const { sees, kept } = await suffer(fault);
    console.log(`held    ${title} → “${sees}” → ${kept} (${seconds()})`);
    rows.push(`| ${title} | held | “${sees}” |`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${title} (${seconds()})\n${error}`);
    rows.push(`| ${title} | failed | ${whyItFailed(error)} |`);
  }
}
console.log(`${chosen.length - failed} of ${chosen.length} faults held`);
if (options.table !== undefined) {
  const head = [
    '| fault | outcome | what the page said, or what was waited for |',
    '|---|---|---|',
  ];
  writeFileSync(options.table, `${[...head, ...rows].join('\n')}\n`);
}
// The preview servers' watchers would keep the process alive.
process.exit(failed === 0 && chosen.length > 0 ? 0 : 1);
