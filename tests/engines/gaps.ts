/** What browsers lack, or give no page in some of their windows, one at a time: the page says what that means. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { device } from '../../src/app/texts/en/device.ts';
import { labels } from '../../src/app/texts/en/labels.ts';
import { copySite, putBeforePage, putBeforeWorker } from '../support/copy-site.ts';
import { serveSite } from '../support/serve-site.ts';
import { by } from './page.ts';
import { type Launch, openEngineSession } from './session.ts';

interface Gap {
  readonly lacks: string;
  /** Runs in the page and in the engine's worker, before anything else there. */
  readonly script: string;
  readonly says: RegExp;
  /** It says so in the report about the device, and else nothing changes: exports are downloads. */
  readonly isInReport?: boolean;
}

const fromPrototype = (name: string) =>
  `Reflect.deleteProperty(Object.getPrototypeOf(navigator), '${name}');`;
const fromStorage = (name: string) =>
  `if ('StorageManager' in globalThis) Reflect.deleteProperty(StorageManager.prototype, '${name}');`;

export const GAPS: readonly Gap[] = [
  {
    lacks: 'SharedArrayBuffer',
    script: `Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');`,
    says: /your processor does the work \(1 thread\)/,
  },
  { lacks: 'storage.estimate', script: fromStorage('estimate'), says: /doesn’t say how much/ },
  {
    lacks: 'Web Locks',
    script: fromPrototype('locks'),
    says: /can’t tell whether Mynah is open in another tab/,
  },
  {
    lacks: 'service workers',
    script: fromPrototype('serviceWorker'),
    says: /doesn’t store the page/,
  },
  {
    lacks: 'OPFS and file handles',
    script: `${fromStorage('getDirectory')} Reflect.deleteProperty(globalThis, 'showSaveFilePicker');`,
    says: new RegExp(`${device.facts.fileSystem}\\s*${device.no}`),
    isInReport: true,
  },
];

/** Each gap has an origin of its own, all in one browser. */
export function describeGaps(launch: Launch): void {
  test('each gap alone: the page says what it means, and reads tweets', async () => {
    const folder = mkdtempSync(fileURLToPath(new URL('../../.cache/gap-', import.meta.url)));
    copySite(folder);
    putBeforePage(folder, '/* gap */');
    putBeforeWorker(folder, '');
    const first = readFileSync(join(folder, 'first.js'), 'utf8');
    const session = await openEngineSession(launch, { folder });
    const { page, browser } = session;
    try {
      for (const { lacks, script, says, isInReport } of GAPS) {
        writeFileSync(
          join(folder, 'first.js'),
          first.replace('/* gap */', () => script),
        );
        writeFileSync(join(folder, 'assets', 'before-worker.js'), script);
        const site = await serveSite({ folder });
        try {
          await browser.goto(site.url);
          await page.trySample();
          expect(await page.countKept(), lacks).toBeGreaterThan(400);
          if (isInReport) await page.press(by('button', labels.aboutDevice));
          await page.says(says);
        } finally {
          await site.unplug();
        }
      }
    } finally {
      await session.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
