import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { boot } from '../../../src/app/state/boot.ts';
import {
  chooseRival,
  compare,
  comparedPairs,
  comparison,
  endComparison,
  keyOf,
  listedTweets,
  rival,
  rivals,
} from '../../../src/app/state/compare.ts';
import { refreshRuns, selectRun } from '../../../src/app/state/runs.ts';
import { selectedRunId } from '../../../src/app/state/settings.ts';
import {
  chooseMood,
  DEFAULT_STYLE,
  prompt,
  style,
  writingJob,
} from '../../../src/app/state/writing.ts';
import { followWritten, toggleKept, written } from '../../../src/app/state/written.ts';
import { WRITING_MOODS } from '../../../src/domain/writing.ts';
import type { Calls } from '../../../src/protocol/calls.ts';
import { writtenTweet } from '../../fixtures/written-tweet.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

let one = engine.run('one', 'new');
let two = engine.run('two', 'new');
let stop = () => {};
let batches = 0;

beforeEach(async () => {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  engine.resetEngine();
  // Others in each test: the page has read what the last ones wrote.
  one = engine.run(`one ${batches}`, 'new');
  two = engine.run(`two ${batches}`, 'new');
  engine.answer('listRuns', () => [one, two]);
  engine.answer('editWritten', () => ({}));
  // Writes like the engine: each tweet finished by itself.
  engine.answer('generate', (params, options) => {
    batches++;
    for (let i = 0; i < params.count; i++) {
      const { runId, prompt: start } = params;
      const id = `${runId}/${String(batches).padStart(15, '0')}/0000${i}`;
      const text = `${start} ${runId.slice(0, 3)} ${params.temperature} ${i}`;
      options?.onProgress?.({ tweets: [{ index: i, text, isDone: false }], finished: [] });
      expect(writingJob.value?.drafts.size).toBe(1);
      const tweet = writtenTweet({ id, runId, text, createdAt: batches, settings: params });
      options?.onProgress?.({ tweets: [], finished: [tweet] });
    }
    return { seed: params.seed ?? 0, tweets: [], tokens: 0, tokensPerSecond: 0 };
  });
  await boot();
  await refreshRuns();
  stop = followWritten();
  selectRun(one);
  await vi.waitFor(() => expect(engine.askedMethods()).toContain('listWritten'));
  prompt.value = 'Today';
  style.value = { ...DEFAULT_STYLE, count: 2 };
});

afterEach(() => {
  stop();
  endComparison();
  selectedRunId.value = null;
  vi.unstubAllGlobals();
});

const asked = () =>
  engine.asked
    .filter(({ method }) => method === 'generate')
    .map(({ params }) => params as Calls['generate']['params']);
const shown = () => comparedPairs.value.map((pair) => pair.map((tweet) => tweet?.text));

it('has a bot write with two settings, with one seed, pair by pair', async () => {
  expect(rival.value).toEqual({ kind: 'settings', settings: WRITING_MOODS.wild });
  await compare(one);
  const [first, second] = asked();
  expect(first).toMatchObject({
    runId: one.id,
    prompt: 'Today',
    count: 2,
    ...WRITING_MOODS.balanced,
  });
  expect(second).toEqual({ ...first, ...WRITING_MOODS.wild });
  expect(first?.seed).toBeTypeOf('number');
  expect(comparison.value?.seed).toBe(first?.seed);
  expect(shown()).toEqual([
    ['Today one 1 0', 'Today one 1.4 0'],
    ['Today one 1 1', 'Today one 1.4 1'],
  ]);
  // They stay with the bot, and are listed with the rest once the comparison is put away.
  expect(written.value).toHaveLength(4);
  expect(listedTweets.value).toEqual([]);
  endComparison();
  expect(listedTweets.value).toHaveLength(4);
});

it('has two bots write with the same settings, and keeps what either wrote', async () => {
  chooseRival({ kind: 'bot', run: two });
  await compare(one);
  const [first, second] = asked();
  expect(second).toEqual({ ...first, runId: two.id });
  expect(shown()[1]).toEqual(['Today one 1 1', 'Today two 1 1']);
  const theirs = comparedPairs.value[0]?.[1];
  if (!theirs) throw new Error('the other bot has written nothing');
  await toggleKept(theirs);
  expect(comparedPairs.value[0]?.map((tweet) => tweet?.mark)).toEqual(['new', 'kept']);
  expect(engine.asked.at(-1)).toEqual({
    method: 'editWritten',
    params: { ids: [theirs.id], edit: { mark: 'kept' } },
  });
  // What the other bot wrote is not among what this one wrote.
  expect(written.value.map(({ runId }) => runId)).toEqual([one.id, one.id]);
});

it('offers what differs from what the composer asks for', async () => {
  const keys = () => rivals.value.map(keyOf);
  const keyOfMood = (name: keyof typeof WRITING_MOODS) =>
    keyOf({ kind: 'settings', settings: WRITING_MOODS[name] });
  expect(keys()).toEqual([...(['safe', 'playful', 'wild'] as const).map(keyOfMood), two.id]);
  chooseMood('wild');
  expect(keys()).toEqual([...(['safe', 'balanced', 'playful'] as const).map(keyOfMood), two.id]);
  expect(keyOf(rival.value)).toBe(keyOfMood('safe'));
  // Settings of one's own that it has written with are offered again.
  style.value = { ...DEFAULT_STYLE, temperature: 0.3, count: 1 };
  await compare(one);
  chooseMood('balanced');
  const own = keyOf({
    kind: 'settings',
    settings: { ...WRITING_MOODS.balanced, temperature: 0.3 },
  });
  expect(keys()).toContain(own);
});
