/**
 * What the faults of graphics cards share. In most of them Chromium's software driver passes itself off as hardware,
 * because only that is used without being asked for.
 */

import assert from 'node:assert/strict';
import type { Page } from 'playwright';
import { chooseBackend } from '../support/drive-page.ts';
import { type Fault, says } from './fault.ts';
import { bringTweets, doTheJob, saysWhatComputes, whatComputes } from './whole-job.ts';

export async function useSoftware(page: Page): Promise<void> {
  await bringTweets(page);
  await chooseBackend(page, 'webgpu');
}

export function passForHardware(): void {
  const info = { vendor: 'acme', architecture: 'gen-1', device: '', description: 'Acme 3000' };
  Object.defineProperty(GPUAdapter.prototype, 'info', { get: () => info });
}

/** Something about the card that is known before the first training. */
export const onCard = (name: string, words: RegExp, ...worker: (() => void)[]): Fault =>
  saysWhatComputes(name, words, { worker });

/**
 * Dispatches an event with the device before each large buffer of a training. The self-test has large ones
 * too, and gives its largest back when it has ended.
 */
export function announceTraining(): void {
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  let isTested = false;
  GPUBuffer.prototype.destroy = function () {
    isTested ||= this.size > 2 ** 26;
    return destroy.call(this);
  };
  GPUDevice.prototype.createBuffer = function (descriptor) {
    if (isTested && descriptor.size > 2 ** 22) {
      dispatchEvent(new CustomEvent('training', { detail: this }));
    }
    return createBuffer.call(this, descriptor);
  };
}

/** The device fails under the work, which the page says while the job goes on without it. */
export function failsInTraining(name: string, words: RegExp, worker: () => void): Fault {
  return {
    name,
    inject: { worker: [announceTraining, worker] },
    act: ({ page }) => useSoftware(page),
    async expect({ page }) {
      assert.match(await whatComputes(page), /simulated in software does the work/);
      const [sees, kept] = await Promise.all([says(page, words), doTheJob(page, 20)]);
      return { sees, kept };
    },
  };
}
