/**
 * Makes the pictures of the page in README.md: `npx tsx tests/demo/pictures.ts [STEPS]` trains on the
 * sample in the built site, writes, and photographs the page in its light and its dark colours.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import {
  openSession,
  readCounts,
  startTraining,
  trySample,
  waitUntilTrained,
  writeTweets,
} from '../support/drive-page.ts';
import { serveSite } from '../support/serve-site.ts';

const pictures = fileURLToPath(new URL('../../docs/', import.meta.url));
const steps = process.argv[2] === undefined ? null : Number(process.argv[2]);

await build({ logLevel: 'warn' });
const site = await serveSite();
const session = await openSession(site.url, {
  viewport: { width: 1200, height: 1000 },
  reducedMotion: 'reduce',
});
try {
  const { page } = session;
  await trySample(page);
  await readCounts(page);
  await startTraining(page, steps);
  await waitUntilTrained(page);
  await writeTweets(page, 'My dream is', 5);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: `${pictures}page-${colorScheme}.png` });
  }
} finally {
  await session.close();
  await site.unplug();
}
