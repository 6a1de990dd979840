/** A training rests between its steps on a low battery and on a hot phone. The browser's side is a stand-in. */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { restReason, seemsHot, spareDevice } from '../../../src/app/spare-device.ts';
import { trainingJob } from '../../../src/app/state/training.ts';
import * as engine from './fake-engine.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

const job = {
  runId: 'r',
  name: 'r',
  phase: 'training',
  completedSteps: 0,
  totalSteps: 100,
  points: [],
  samples: [],
  tokensPerSecond: 100,
  secondsLeft: null,
  ending: null,
} as const;

const points = (speeds: readonly number[]) =>
  speeds.map((tokensPerSecond, step) => ({
    step,
    epoch: 0,
    loss: 1,
    learningRate: 1,
    gradientNorm: 1,
    tokensPerSecond,
  }));
const times = (count: number, speed: number) => Array<number>(count).fill(speed);

/** The shares that the engine was asked to rest. */
const shares = () =>
  engine.asked
    .filter(({ method }) => method === 'restBetweenSteps')
    .map(({ params }) => Reflect.get(Object(params), 'share'));

let isHandheld = false;

beforeEach(() => {
  engine.resetEngine();
  isHandheld = false;
  vi.stubGlobal('matchMedia', () => ({ matches: isHandheld }));
  trainingJob.value = job;
});

afterEach(async () => {
  trainingJob.value = null;
  await vi.waitUntil(() => restReason.value === null);
  vi.unstubAllGlobals();
});

test('while the battery is low and isn’t charged', async () => {
  const battery = Object.assign(new EventTarget(), { charging: false, level: 0.5 });
  vi.stubGlobal('navigator', { getBattery: async () => battery });
  await spareDevice();
  expect(restReason.value).toBeNull();
  battery.level = 0.15;
  battery.dispatchEvent(new Event('levelchange'));
  expect(restReason.value).toBe('battery');
  battery.charging = true;
  battery.dispatchEvent(new Event('chargingchange'));
  expect(restReason.value).toBeNull();
  expect(shares()).toEqual([0.5, 0]);
});

test('while a phone is much slower than it was, and nowhere else', async () => {
  vi.stubGlobal('navigator', {});
  const slow = { ...job, points: points([...times(40, 100), 50]) };
  await spareDevice();
  trainingJob.value = slow;
  expect(restReason.value).toBeNull();
  trainingJob.value = null;
  await Promise.resolve();
  isHandheld = true;
  trainingJob.value = job;
  await spareDevice();
  trainingJob.value = slow;
  expect(restReason.value).toBe('heat');
  trainingJob.value = { ...job, points: points([...times(40, 100), 50, 90]) };
  expect(restReason.value).toBeNull();
  expect(shares()).toEqual([0.5, 0]);
});

describe('a phone seems hot', () => {
  test('by its best speed after the first steps, until it is nearly back at it', () => {
    expect(seemsHot(points([...times(20, 1000), ...times(20, 100)]), false)).toBe(false);
    expect(seemsHot(points([...times(30, 100), 59]), false)).toBe(true);
    expect(seemsHot(points([...times(30, 100), 61]), false)).toBe(false);
    expect(seemsHot(points([...times(30, 100), 61]), true)).toBe(true);
    expect(seemsHot(points([...times(30, 100), 81]), true)).toBe(false);
    expect(seemsHot([], true)).toBe(false);
  });
});
