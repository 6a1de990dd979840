/** The list of what a bot wrote, drawn by a real browser: all of it is there, and little of it costs anything. */

import { h, render } from 'preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { enginePhase } from '../../../src/app/state/engine.ts';
import { selectedRunId } from '../../../src/app/state/settings.ts';
import { followWritten, writtenQuery } from '../../../src/app/state/written.ts';
import { WrittenTweets } from '../../../src/app/writing/written-tweets.tsx';
import { writtenTweet } from '../../fixtures/written-tweet.ts';
import * as engine from '../../unit/app/fake-engine.ts';
import '../../../src/app/styles/index.css';

vi.mock('../../../src/app/engine-client.ts', () => import('../../unit/app/fake-engine.ts'));

const COUNT = 1000;
const place = document.body.appendChild(document.createElement('div'));
let stop = () => {};

beforeEach(() => {
  engine.resetEngine();
  // Batches of five, as most are.
  const tweets = Array.from({ length: COUNT }, (_, i) => {
    const createdAt = 1 + Math.floor(i / 5);
    const id = `r/${String(createdAt).padStart(15, '0')}/0000${i % 5}`;
    // Instead of a copy, another of the seed's tweets was taken.
    const number = i === 997 ? 500 : i % 5;
    return writtenTweet({ id, createdAt, number, text: `My dream is number ${i}.` });
  });
  engine.answer('listWritten', () => tweets);
  engine.answer('editWritten', () => ({}));
  enginePhase.value = { kind: 'ready' };
  selectedRunId.value = 'r';
  stop = followWritten();
  render(h(WrittenTweets, { run: engine.run('r', 'new', { canGenerate: true }) }), place);
});

afterEach(() => {
  stop();
  render(null, place);
  selectedRunId.value = null;
  writtenQuery.value = '';
});

const listed = () => place.querySelectorAll<HTMLElement>('[data-tweet]');
const cards = () => place.querySelectorAll('.tweet-actions');
/** Until idle times and observers have had their turn. */
const isWhole = () => expect.poll(() => listed().length, { timeout: 60_000 }).toBe(COUNT);

test('all tweets are in the list, and those near the window are cards', async () => {
  await isWhole();
  expect(place.textContent).toContain('My dream is number 0.');
  expect(cards().length).toBeGreaterThan(5);
  expect(cards().length).toBeLessThan(100);
  expect(place.querySelectorAll('.batch-head')).toHaveLength(COUNT / 5);
  // The newest batch is first, and each is in the order in which it was written.
  expect(listed()[0]?.textContent).toContain('number 995.');
  expect(listed()[COUNT - 1]?.textContent).toContain('number 4.');

  // What gets the focus, or is found, becomes a card in its place.
  const last = listed()[COUNT - 1];
  last?.focus();
  await expect.poll(() => last?.querySelectorAll('.tweet-actions').length).toBe(1);
  expect(document.activeElement).toBe(last);
  expect(cards().length).toBeLessThan(200);

  writtenQuery.value = 'number 42';
  await expect.poll(() => listed().length).toBe(11);
  expect(place.querySelectorAll('.batch-head')).toHaveLength(0);
});

test('the keys reach every tweet', async () => {
  await isWhole();
  const press = (key: string) =>
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  listed()[400]?.focus();
  press('j');
  expect(document.activeElement).toBe(listed()[401]);
  press('k');
  press('k');
  expect(document.activeElement).toBe(listed()[399]);
  press('x');
  expect(document.activeElement?.textContent).toContain(`number ${995 - 5 * 80}.`);
});
