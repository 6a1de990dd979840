/** The boxes of an export: what it holds only if it is asked for, and nothing of it is asked for by itself. */

import { h, render } from 'preact';
import { afterEach, expect, test } from 'vitest';
import { chosenExtras, ExtrasChoice } from '../../../src/app/library/export-extras.tsx';
import { exportExtras } from '../../../src/app/texts/en/export-extras.ts';
import { runSummary } from '../../fixtures/run-summary.ts';
import { recordedDataset } from '../../fixtures/bot-record.ts';

const place = document.body.appendChild(document.createElement('div'));
const dataset = { ...recordedDataset, avatar: 'data:image/jpeg;base64,AA==' };
const boxes = () => [...place.querySelectorAll('input')];

afterEach(() => render(null, place));

test('nothing is offered that the bot doesn’t have', () => {
  render(h(ExtrasChoice, { run: runSummary() }), place);
  expect(place.textContent).toBe('');
});

test('none is ticked at first, each is asked for by its box, and none of another bot', async () => {
  const run = runSummary({ dataset, hasOptimizer: true });
  render(h(ExtrasChoice, { run }), place);
  await expect.poll(() => boxes().length).toBe(2);
  expect(place.textContent).toContain(exportExtras.picture);
  expect(place.textContent).toContain(exportExtras.optimizer(8 * run.plan.trainedParameters));
  expect(boxes().map(({ checked }) => checked)).toEqual([false, false]);
  expect(chosenExtras.value).toEqual({ picture: false, optimizer: false });
  boxes()[0]?.click();
  expect(chosenExtras.value).toEqual({ picture: true, optimizer: false });
  boxes()[1]?.click();
  expect(chosenExtras.value).toEqual({ picture: true, optimizer: true });
  render(h(ExtrasChoice, { run: { ...run, id: 'another' } }), place);
  await expect.poll(() => chosenExtras.value).toEqual({ picture: false, optimizer: false });
});
