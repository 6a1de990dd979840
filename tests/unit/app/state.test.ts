import { effect } from '@preact/signals';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { activity } from '../../../src/app/state/activity.ts';
import { announce, announcement } from '../../../src/app/state/announce.ts';
import { boot, chooseBackend } from '../../../src/app/state/boot.ts';
import {
  datasets,
  deleteDataset,
  importError,
  refreshDatasets,
  refuseFolder,
} from '../../../src/app/state/datasets.ts';
import { enginePhase } from '../../../src/app/state/engine.ts';
import {
  invalidOverrides,
  overrides,
  planState,
  preset,
  setOverride,
  plannedValue,
  shownPlan,
  startPlanning,
} from '../../../src/app/state/plan.ts';
import { hasTweets, runs, selectRun } from '../../../src/app/state/runs.ts';
import {
  backendPreference,
  presetChoice,
  selectedDatasetId,
  selectedRunId,
} from '../../../src/app/state/settings.ts';
import {
  continueTraining,
  endTraining,
  startTraining,
  trainingError,
  trainingJob,
} from '../../../src/app/state/training.ts';
import {
  dismissWritingError,
  isStoppedEmpty,
  writeTweets,
  writingError,
  writingJob,
} from '../../../src/app/state/writing.ts';
import {
  changeText,
  followWritten,
  rememberedPrompts,
  shownTweets,
  toggleDropped,
  undoable,
  undoLast,
  written,
  writtenCounts,
  writtenError,
  writtenFilter,
  writtenQuery,
} from '../../../src/app/state/written.ts';
import { tellOfEnd } from '../../../src/app/tell-when-done.ts';
import type { WrittenTweet } from '../../../src/protocol/writing.ts';
import { writtenTweet } from '../../fixtures/written-tweet.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));
vi.mock('../../../src/app/tell-when-done.ts', () => ({ tellOfEnd: vi.fn() }));

const BUSY = { code: 'busy', details: { reason: 'training' } } as const;
/** More than the pause before an estimate. */
const SOON_MS = 600;

beforeAll(() => startPlanning());

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  engine.resetEngine();
  engine.answer('listDatasets', () => [engine.dataset('old', 1), engine.dataset('new', 2)]);
  engine.answer('planTraining', (_, options) => engine.untilAborted(options?.signal));
  selectedRunId.value = null;
  selectedDatasetId.value = 'new';
  await boot();
});

afterEach(async () => {
  // So that no test inherits an estimate of the one before.
  selectedDatasetId.value = null;
  await vi.advanceTimersByTimeAsync(2000);
  expect(planState.value.kind).toBe('none');
  expect(activity.value).toBeNull();
  expect(trainingJob.value).toBeNull();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function planUnderway(): Promise<void> {
  await vi.advanceTimersByTimeAsync(SOON_MS);
  expect(engine.askedMethods()).toContain('planTraining');
}

describe('news for screen readers', () => {
  it('is news again when the same is said twice', () => {
    const heard: unknown[] = [];
    const stop = effect(() => {
      heard.push(announcement.value);
    });
    announce('Copied.');
    announce('Copied.');
    stop();
    expect(heard.slice(1)).toMatchObject([{ text: 'Copied.' }, { text: 'Copied.' }]);
    expect(heard[1]).not.toEqual(heard[2]);
  });
});

describe('Pause and "Stop and keep"', () => {
  it('right after the start: the engine is asked to stop, and may answer "cancelled"', async () => {
    let cancel = () => {};
    engine.answer(
      'train',
      () =>
        new Promise((_, reject) => {
          cancel = () => {
            try {
              engine.fail({ code: 'cancelled', details: {} });
            } catch (error) {
              reject(error);
            }
          };
        }),
    );
    const training = startTraining('@new');
    await vi.advanceTimersByTimeAsync(0);
    expect(engine.askedMethods()).toContain('train');
    await endTraining('paused');
    expect(engine.askedMethods()).toContain('stopTraining');
    cancel();
    await training;
    expect(trainingJob.value).toBeNull();
    expect(trainingError.value).toBeNull();
  });

  it('can be pressed again when the request fails', async () => {
    let finish = () => {};
    engine.answer(
      'train',
      () =>
        new Promise((resolve) => {
          finish = () => resolve(engine.run('r', 'new'));
        }),
    );
    engine.answer('stopTraining', () =>
      engine.fail({ code: 'internal', details: { message: '' } }),
    );
    const training = startTraining('@new');
    await vi.advanceTimersByTimeAsync(0);
    await endTraining('paused');
    expect(trainingJob.value?.ending).toBeNull();
    trainingError.value = null;
    finish();
    await training;
    expect(selectedRunId.value).toBe('r');
  });

  it('never waits for the browser to grant lasting storage', async () => {
    const persist = vi.fn(() => new Promise<boolean>(() => {}));
    vi.stubGlobal('navigator', { storage: { persist } });
    engine.answer('train', () => engine.run('r', 'new', { status: 'finished' }));
    await startTraining('@new');
    expect(persist).toHaveBeenCalledOnce();
    expect(runs.value.map(({ id }) => id)).toContain('r');
  });
});

describe('an estimate that is being made', () => {
  it('holds up nothing: training and writing are asked for at once, and it is cancelled', async () => {
    let estimate: AbortSignal | undefined;
    engine.answer('planTraining', (_, options) => {
      estimate = options?.signal;
      return engine.untilAborted(options?.signal);
    });
    engine.answer('train', () => engine.run('r', 'new'));
    engine.answer('generate', () => engine.fail(BUSY));
    for (const [method, begin] of [
      ['train', () => startTraining('@new')],
      ['generate', () => writeTweets(engine.run('one', 'new'))],
    ] as const) {
      selectedRunId.value = null;
      await planUnderway();
      engine.asked.length = 0;
      const done = begin();
      expect(engine.askedMethods()).toEqual([method]);
      expect(estimate?.aborted).toBe(true);
      await done;
    }
  });

  it('of tweets that are forgotten meanwhile is of no interest, whatever comes of it', async () => {
    let answerPlan = (): void => {};
    engine.answer(
      'planTraining',
      () =>
        new Promise((_, reject) => {
          answerPlan = () => reject(new Error('no such dataset'));
        }),
    );
    await planUnderway();
    engine.answer('deleteDataset', () => ({}));
    await deleteDataset('new');
    answerPlan();
    await vi.advanceTimersByTimeAsync(0);
    expect(selectedDatasetId.value).toBe('old');
    expect(planState.value.kind).toBe('planning');
  });
});

describe('choosing what computes', () => {
  it('asks the engine at once, whatever it is estimating, and estimates again on the other', async () => {
    await planUnderway();
    engine.asked.length = 0;
    const chosen = chooseBackend('cpu');
    expect(engine.asked).toEqual([{ method: 'start', params: { backend: 'cpu' } }]);
    expect(enginePhase.value.kind).toBe('starting');
    await chosen;
    expect(enginePhase.value.kind).toBe('ready');
    expect(backendPreference.value).toBe('cpu');
    await planUnderway();
  });

  it('says so when the engine is busy, and loses nothing', async () => {
    const busy = { code: 'busy', details: { reason: 'generating' } } as const;
    engine.answer('start', () => engine.fail(busy));
    await chooseBackend('wasm');
    expect(enginePhase.value).toEqual({ kind: 'unavailable', error: busy });
  });

  it('does nothing while the engine trains', async () => {
    let finish = () => {};
    engine.answer(
      'train',
      () =>
        new Promise((resolve) => {
          finish = () => resolve(engine.run('r', 'new'));
        }),
    );
    const training = startTraining('@new');
    await vi.advanceTimersByTimeAsync(0);
    engine.asked.length = 0;
    await chooseBackend('cpu');
    expect(engine.askedMethods()).not.toContain('start');
    finish();
    await training;
  });
});

describe('another tab', () => {
  it('ends in the page that says so, not in a lost engine', async () => {
    engine.answer('start', () => engine.fail({ code: 'busy', details: { reason: 'another-tab' } }));
    await boot();
    expect(enginePhase.value.kind).toBe('elsewhere');
    engine.answer('start', () => engine.STATUS);
    const again = boot();
    expect(enginePhase.value).toEqual({ kind: 'starting', isWaiting: true });
    await again;
    expect(enginePhase.value.kind).toBe('ready');
  });

  it('is noticed by its lock before the engine gives up waiting for it', async () => {
    let start = () => {};
    engine.answer(
      'start',
      () =>
        new Promise((resolve) => {
          start = () => resolve(engine.STATUS);
        }),
    );
    const held = [{ name: 'mynah-engine', clientId: 'other', mode: 'exclusive' }];
    vi.stubGlobal('navigator', { locks: { query: async () => ({ held }) } });
    const booted = boot();
    expect(enginePhase.value).toEqual({ kind: 'starting', isWaiting: false });
    await vi.advanceTimersByTimeAsync(500);
    expect(enginePhase.value).toEqual({ kind: 'starting', isWaiting: true });
    start();
    await booted;
    expect(enginePhase.value.kind).toBe('ready');
  });
});

describe('a number out of range under Advanced', () => {
  it('is not used, and nothing is planned or trained until it is put right', async () => {
    engine.answer('planTraining', () => engine.PLAN);
    setOverride('steps', 12, true);
    await planUnderway();
    expect(planState.value.kind).toBe('planned');
    engine.asked.length = 0;
    setOverride('steps', undefined, false);
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect([...invalidOverrides.value]).toEqual(['steps']);
    expect(overrides.value.steps).toBeUndefined();
    expect(planState.value.kind).toBe('none');
    await startTraining('@new');
    expect(engine.askedMethods()).toEqual([]);
    setOverride('steps', 120, true);
    await planUnderway();
    expect(engine.asked[0]?.params).toMatchObject({ overrides: { steps: 120 } });
    setOverride('steps', undefined, true);
  });
});

describe('too little to learn from', () => {
  it('is not planned or trained until enough is kept', async () => {
    engine.answer('planTraining', () => engine.PLAN);
    const id = 'few';
    datasets.value = [{ ...engine.dataset(id), characters: 5_999 }];
    selectedDatasetId.value = id;
    await vi.advanceTimersByTimeAsync(SOON_MS);
    expect(planState.value.kind).toBe('none');
    await startTraining('@new');
    expect(engine.askedMethods()).not.toContain('planTraining');
    expect(engine.askedMethods()).not.toContain('train');
    datasets.value = [{ ...engine.dataset(id), characters: 6_000 }];
    await planUnderway();
    expect(engine.askedMethods()).toContain('planTraining');
  });
});

describe('what is trained', () => {
  it('is planned again at once when it is chosen, and goes back with the preset', async () => {
    engine.answer('planTraining', () => engine.PLAN);
    setOverride('mode', 'lora');
    setOverride('checkpointing', true);
    await planUnderway();
    const requested = { mode: 'lora', checkpointing: true };
    expect(engine.asked.at(-1)?.params).toMatchObject({ overrides: requested });
    engine.asked.length = 0;
    overrides.value = {};
    await planUnderway();
    expect(engine.asked.at(-1)?.params).toEqual(expect.objectContaining({ overrides: {} }));
  });
});

describe('a bot whose tweets were deleted', () => {
  it('is looked at with the newest of the tweets that are there', async () => {
    await refreshDatasets();
    expect(datasets.value).toHaveLength(2);
    const orphan = engine.run('orphan', 'gone');
    expect(hasTweets(orphan)).toBe(false);
    selectRun(orphan);
    expect(selectedRunId.value).toBe('orphan');
    expect(selectedDatasetId.value).toBe('new');
    const whole = engine.run('whole', 'old');
    expect(hasTweets(whole)).toBe(true);
    selectRun(whole);
    expect(selectedDatasetId.value).toBe('old');
  });

  it('says in words why it can’t go on, where the engine is asked all the same', async () => {
    const error = {
      code: 'not-found',
      details: { what: 'texts', id: 'orphan' },
    } as const;
    engine.answer('train', () => engine.fail(error));
    await continueTraining(engine.run('orphan', 'gone'));
    expect(trainingError.value).toEqual(error);
    trainingError.value = null;
  });
});

describe('writing', () => {
  const result = { seed: 1, tweets: ['My dream is a branch'], tokens: 9, tokensPerSecond: 9 };
  const tweet = writtenTweet({ runId: 'one', id: 'one/000000000000002/00000' });

  it('shows a bot only what it wrote itself', async () => {
    engine.answer('listWritten', ({ runId }) => (runId === 'one' ? [tweet] : []));
    const stop = followWritten();
    const [first, second] = [engine.run('one', 'new'), engine.run('two', 'new')];
    selectRun(first);
    await vi.advanceTimersByTimeAsync(0);
    expect(written.value).toEqual([tweet]);
    expect(rememberedPrompts.value).toEqual(['My dream is']);
    const more = writtenTweet({ runId: 'one', id: 'one/000000000000003/00000', text: 'later' });
    engine.answer('generate', (_, options) => {
      options?.onProgress?.({ tweets: [], finished: [more] });
      return result;
    });
    await writeTweets(first);
    expect(written.value).toEqual([more, tweet]);
    selectRun(second);
    await vi.advanceTimersByTimeAsync(0);
    expect(written.value).toEqual([]);
    engine.answer('generate', () => engine.fail(BUSY));
    await writeTweets(second);
    expect(writingError.value).toEqual(BUSY);
    selectRun(first);
    expect(writingError.value).toBeNull();
    dismissWritingError(second);
    selectRun(second);
    expect(writingError.value).toBeNull();
    stop();
  });

  it('takes no double click for a stop, and says so after a real one', async () => {
    engine.answer('generate', (_, options) => engine.untilAborted(options?.signal));
    const bot = engine.run('stopped', 'new');
    selectRun(bot);
    const writing = writeTweets(bot);
    await vi.advanceTimersByTimeAsync(200);
    writingJob.value?.cancel();
    await vi.advanceTimersByTimeAsync(1000);
    expect(writingJob.value).not.toBeNull();
    expect(isStoppedEmpty.value).toBe(false);
    writingJob.value?.cancel();
    expect(writingJob.value?.isStopping).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    await writing;
    expect(isStoppedEmpty.value).toBe(true);
    expect(writingError.value).toBeNull();
  });
});

describe('what a bot wrote', () => {
  const ids = (tweets: readonly WrittenTweet[]) => tweets.map(({ id }) => id);
  const at = (batch: number, number: number, changes: Partial<WrittenTweet> = {}) =>
    writtenTweet({
      ...{ runId: 'bot', id: `bot/00000000000000${batch}/0000${number}` },
      ...changes,
    });
  let stop = () => {};

  async function show(tweets: readonly WrittenTweet[]): Promise<void> {
    engine.answer('listWritten', () => tweets);
    selectedRunId.value = null;
    stop = followWritten();
    selectedRunId.value = 'bot';
    await vi.advanceTimersByTimeAsync(0);
  }
  afterEach(() => {
    selectedRunId.value = 'another';
    stop();
  });

  it('is listed with the newest batch first, another try right after its tweet, pins at the top', async () => {
    const again = { ...at(1, 0), id: `${at(1, 0).id}/000000000000009` };
    await show([at(1, 0), again, at(1, 1, { isPinned: true }), at(2, 0), at(2, 1)]);
    expect(ids(written.value)).toEqual(ids([at(2, 0), at(2, 1), at(1, 0), again, at(1, 1)]));
    expect(ids(shownTweets.value)).toEqual(ids([at(1, 1), at(2, 0), at(2, 1), at(1, 0), again]));
  });

  it('is filtered and searched, letter case aside', async () => {
    await show([
      at(1, 0, { text: 'A RED door' }),
      at(1, 1, { mark: 'dropped', text: 'red' }),
      at(1, 2),
    ]);
    expect(writtenCounts.value).toEqual({ all: 2, kept: 0, dropped: 1 });
    writtenQuery.value = 'red ';
    expect(ids(shownTweets.value)).toEqual(ids([at(1, 0)]));
    writtenFilter.value = 'dropped';
    expect(ids(shownTweets.value)).toEqual(ids([at(1, 1)]));
  });

  it('is dropped and edited, and undone; what can’t be stored is taken back and told', async () => {
    const tweet = at(1, 0, {
      mark: 'kept',
      copy: { start: 3, end: 8, isWhole: false, original: 'x' },
    });
    await show([tweet]);
    engine.answer('editWritten', () => ({}));
    await toggleDropped(tweet);
    expect(written.value[0]?.mark).toBe('dropped');
    await undoLast();
    expect(written.value).toEqual([tweet]);
    await changeText(tweet, `Oh: ${tweet.text}`);
    expect(written.value[0]).toMatchObject({ isEdited: true, copy: { start: 7, end: 12 } });
    await undoLast();
    expect(written.value[0]?.text).toBe(tweet.text);
    await changeText(tweet, 'Again');
    announce('');
    engine.answer('editWritten', () => engine.fail(BUSY));
    await undoLast();
    expect(written.value[0]?.text).toBe('Again');
    expect(announcement.value.text).toBe('');
    expect(writtenError.value).toEqual(BUSY);
    writtenError.value = null;
    await toggleDropped(tweet);
    expect(written.value[0]?.mark).toBe('kept');
    expect(writtenError.value).toEqual(BUSY);
  });

  it('can be undone at once, before it is known to be stored', async () => {
    const tweet = at(1, 0);
    await show([tweet]);
    let store = () => {};
    const stored = new Promise<Record<string, never>>((resolve) => {
      store = () => resolve({});
    });
    engine.answer('editWritten', () => stored);
    const dropping = toggleDropped(tweet);
    const undoing = undoLast();
    store();
    await Promise.all([dropping, undoing]);
    expect(written.value).toEqual([tweet]);
    expect(undoable.value).toBeNull();
  });
});

describe('the name of a new bot', () => {
  it('is one that no other bot has, in a notification, too', async () => {
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'hidden' }));
    runs.value = [
      engine.run('a', 'new', { name: '@new' }),
      engine.run('b', 'new', { name: '@new 2' }),
    ];
    engine.answer('editRun', ({ name = '' }) => engine.run('c', 'new', { name }));
    engine.answer('train', () => engine.run('c', 'new', { name: '@new', status: 'finished' }));
    await startTraining('@new');
    expect(engine.asked).toContainEqual({
      method: 'editRun',
      params: { runId: 'c', name: '@new 3' },
    });
    expect(runs.value.find(({ id }) => id === 'c')).toMatchObject({
      name: '@new 3',
      status: 'finished',
    });
    await vi.waitFor(() => expect(tellOfEnd).toHaveBeenCalledWith('@new 3', true));
  });
});

describe('a dropped folder without tweets', () => {
  it('is told as such', () => {
    refuseFolder('holiday-2026');
    expect(importError.value).toMatchObject({ details: { reason: 'no-tweet-file' } });
    importError.value = null;
  });
});

describe('the preset of somebody who has not chosen one', () => {
  const planned = async (id: string, estimatedSeconds: number, datasetTokens = 70_000) => {
    engine.answer('planTraining', (params) => ({
      ...{ ...engine.PLAN, datasetTokens },
      estimatedSeconds: estimatedSeconds * (params.preset === 'good' ? 2 : 1),
    }));
    selectedDatasetId.value = id;
    await vi.advanceTimersByTimeAsync(2000);
    expect(planState.value.kind).toBe('planned');
  };

  it('is Good for many tweets where that takes 3 minutes at most, else Quick', async () => {
    await planned('short', 90);
    expect(preset.value).toBe('good');
    expect(shownPlan.value?.estimatedSeconds).toBe(180);
    const { blockLength, microBatch, accumulation, learningRate } = engine.PLAN;
    expect(plannedValue('tokensPerStep')).toBe(blockLength * microBatch * accumulation);
    expect(plannedValue('learningRate')).toBe(learningRate);
    expect(plannedValue('seed')).toBeUndefined();
    await planned('long', 91);
    expect(preset.value).toBe('quick');
    expect(shownPlan.value?.estimatedSeconds).toBe(91);
    await planned('few', 5, 20_000);
    expect(preset.value).toBe('quick');
    // Measured again, it may come out otherwise: what was said stays.
    await planned('short', 95);
    expect(preset.value).toBe('good');
  });

  it('is the choice, once there is one', async () => {
    presetChoice.value = 'quick';
    await planned('chosen', 5);
    expect(preset.value).toBe('quick');
    presetChoice.value = null;
  });

  it('shows what is known while the same is planned again', async () => {
    await planned('again', 100);
    activity.value = 'writing';
    activity.value = null;
    expect(planState.value.kind).toBe('planning');
    expect(shownPlan.value?.estimatedSeconds).toBe(100);
    // Nothing new is asked for: it isn't planned again.
    await vi.advanceTimersByTimeAsync(2000);
    engine.asked.length = 0;
    setOverride('steps', undefined, true);
    await vi.advanceTimersByTimeAsync(2000);
    expect(engine.askedMethods()).toEqual([]);
  });
});
