/** The page of runs: noted, exported, imported, compared, repeated. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labels as LABELS } from '../../../src/app/texts/en/labels.ts';
import {
  importRuns,
  pressButton,
  readRecordedRun,
  readRecords,
  type Session,
  showView,
  startTraining,
  trySample,
  waitUntilTrained,
} from '../../support/drive-page.ts';
import { type Site, serveSite } from '../../support/serve-site.ts';
import { waitWhileChanging } from '../../support/patience.ts';
import { expectFitOnScreens } from '../expect-fit.ts';
import { openPage } from '../open-page.ts';

let site: Site;
let session: Session | null = null;
const file = `${tmpdir()}/mynah-runs-${process.pid}.json`;

beforeEach(async () => {
  session = null;
  site = await serveSite({ hasThreads: false });
});

afterEach(async () => {
  await session?.close();
  await site.unplug();
  rmSync(file, { force: true });
  expect(session?.foreignRequests).toEqual([]);
  expect(session?.complaints).toEqual([]);
});

test('a run is noted, exported, imported elsewhere, compared, and repeated with the same losses', async () => {
  session = await openPage(site.url);
  const { page } = session;
  await showView(page, 'runs');
  await page.getByText('Nothing has been trained here yet').waitFor();
  await expectFitOnScreens(page, 'no runs');
  await showView(page, 'bots');
  await trySample(page);
  await startTraining(page, 4);
  await waitUntilTrained(page);
  const first = await readRecordedRun(page);

  await showView(page, 'runs');
  await page.getByLabel(LABELS.notes).fill('The first one.');
  await page.getByLabel(LABELS.notes).blur();
  await waitWhileChanging(page, 'the notes to be stored', async () => {
    const [run] = await readRecords<{ readonly notes: string }>(page, 'runs');
    return run?.notes === 'The first one.' ? true : undefined;
  });
  await expectFitOnScreens(page, 'one run');
  const panel = page.getByRole('article');
  await panel.getByText('Export', { exact: true }).click();
  const downloading = page.waitForEvent('download');
  await panel.getByRole('button', { name: /^JSON/ }).click();
  const exported = JSON.parse(readFileSync(await (await downloading).path(), 'utf8'));
  expect(exported).toMatchObject({ format: 'mynah-run/1', notes: 'The first one.' });

  // As if somebody else had trained it: with another seed, and a little worse.
  const points = exported.points.map((point: { loss: number }) => ({
    ...point,
    loss: point.loss + 0.5,
  }));
  const other = { ...exported, id: 'f'.repeat(32), name: 'of somebody', points };
  other.recipe = { ...exported.recipe, seed: 99 };
  writeFileSync(file, JSON.stringify(other));
  await importRuns(page, file);
  await page.getByLabel(LABELS.compareRun(exported.name), { exact: true }).check();
  await page.getByRole('heading', { name: '2 runs compared' }).waitFor();
  const table = page.getByRole('table', { name: LABELS.settingsTable });
  const seeds = table.getByRole('row', { name: 'Seed' }).getByRole('cell');
  expect(await seeds.allInnerTexts()).toEqual(['99', String(exported.seed)]);
  await expectFitOnScreens(page, 'compared');
  // There are no weights of it here, so it isn't among the bots.
  await page.getByRole('button', { name: /^of somebody/ }).click();
  await page.getByRole('heading', { name: 'of somebody' }).waitFor();
  await showView(page, 'bots');
  const library = page.getByRole('complementary', { name: LABELS.library });
  expect(await library.getByText('of somebody').count()).toBe(0);

  await showView(page, 'runs');
  await page.goBack();
  await page.goBack();
  await page.getByRole('heading', { name: 'of somebody' }).waitFor();
  writeFileSync(file, JSON.stringify({ ...exported, id: 'e'.repeat(32) }));
  await importRuns(page, file);
  await pressButton(page.getByRole('button', { name: LABELS.repeatRun }));
  const note = page.getByRole('note');
  await note.getByText('The tweets are the same.').waitFor();
  await expectFitOnScreens(page, 'repeating');
  await pressButton(page.getByRole('button', { name: LABELS.startTraining }));
  const repeated = await waitWhileChanging(page, 'the repeated run', async () => {
    const run = await readRecordedRun(page);
    return run !== null && run.id !== first?.id && run.status === 'finished' ? run : undefined;
  });
  expect(repeated.recipe).toEqual(first?.recipe);
  const losses = (run: typeof first) => run?.points.map(({ loss }) => loss);
  expect(losses(repeated)).toEqual(losses(first));
});
