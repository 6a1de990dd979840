/**
 * Has a training rest between its steps while the battery is low, or while a phone has become so much slower that it
 * is probably hot. It takes longer then, and isn't ended by the system.
 *
 * The Compute Pressure API doesn't help here: it says how busy the processor is, which a training always makes it.
 */
import { effect, signal } from '@preact/signals';
import type { MetricPoint } from '../protocol/training.ts';
import { call } from './state/engine.ts';
import { trainingJob } from './state/training.ts';

/** The Battery Status API, which only Chromium has. */
interface Battery extends EventTarget {
  readonly charging: boolean;
  /** From 0 to 1. */
  readonly level: number;
}

const LOW_LEVEL = 0.2;
/** The first steps of a run say little about its speed. */
const FIRST_STEPS = 20;
/** A phone counts as hot below this share of its best speed, and until it is back above the other. */
const HOT_BELOW = 0.6;
const COOL_ABOVE = 0.8;
/** The share of the time in which nothing is computed. */
const REST_SHARE = 0.5;

/** Why a training rests between its steps; null if it doesn't. */
export const restReason = signal<'battery' | 'heat' | null>(null);

/** @param points Of the steps since the run went on here. */
export function seemsHot(points: readonly MetricPoint[], wasHot: boolean): boolean {
  const speeds = points
    .slice(FIRST_STEPS)
    .flatMap(({ tokensPerSecond }) => (tokensPerSecond === undefined ? [] : [tokensPerSecond]));
  const now = speeds.at(-1);
  return now !== undefined && now < Math.max(...speeds) * (wasHot ? COOL_ABOVE : HOT_BELOW);
}

/** Spares the device for as long as the training runs. */
export async function spareDevice(): Promise<void> {
  const battery = await askForBattery();
  const isLow = signal(false);
  const look = () => {
    isLow.value = battery !== null && !battery.charging && battery.level <= LOW_LEVEL;
  };
  look();
  for (const change of ['chargingchange', 'levelchange']) battery?.addEventListener(change, look);
  const isHandheld = matchMedia('(pointer: coarse)').matches;
  const before = trainingJob.value?.points.length ?? 0;
  let isHot = false;
  let told = 0;
  const stop = effect(() => {
    const job = trainingJob.value;
    if (job === null) {
      queueMicrotask(end);
      return;
    }
    isHot = isHandheld && seemsHot(job.points.slice(before), isHot);
    restReason.value = isLow.value ? 'battery' : isHot ? 'heat' : null;
    const share = restReason.peek() === null ? 0 : REST_SHARE;
    if (share === told) return;
    told = share;
    call('restBetweenSteps', { share }).catch(() => undefined);
  });
  function end(): void {
    stop();
    restReason.value = null;
    for (const change of ['chargingchange', 'levelchange']) {
      battery?.removeEventListener(change, look);
    }
  }
}

async function askForBattery(): Promise<Battery | null> {
  const { getBattery } = navigator as { readonly getBattery?: () => Promise<Battery> };
  return (await getBattery?.call(navigator).catch(() => null)) ?? null;
}
