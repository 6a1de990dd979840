/**
 * Faults of graphics cards and their drivers, on Chromium's software driver. In most of them it passes
 * itself off as hardware, because only that is used without being asked for.
 */

import assert from 'node:assert/strict';
import type { Page } from 'playwright';
import { chooseBackend } from '../support/drive-page.ts';
import { type Fault, type FaultGroup, says } from './fault.ts';
import { bringTweets, doTheJob, whatComputes } from './whole-job.ts';

async function useSoftware(page: Page): Promise<void> {
  await bringTweets(page);
  await chooseBackend(page, 'webgpu');
}

function passForHardware(): void {
  const info = { vendor: 'acme', architecture: 'gen-1', device: '', description: 'Acme 3000' };
  Object.defineProperty(GPUAdapter.prototype, 'info', { get: () => info });
}

/** A card that isn't used, as the page says in a sentence, without being asked. */
function passedOver(name: string, words: RegExp, ...worker: (() => void)[]): Fault {
  return {
    name,
    inject: { worker },
    act: ({ page }) => bringTweets(page),
    async expect({ page }) {
      const sees = await whatComputes(page);
      assert.match(sees, words);
      return { sees, kept: await doTheJob(page) };
    },
  };
}

const faults: readonly Fault[] = [
  passedOver('no device is given', /couldn’t open/, passForHardware, () => {
    GPUAdapter.prototype.requestDevice = () =>
      Promise.reject(new DOMException('out of luck', 'OperationError'));
  }),
  passedOver('a request for an adapter is never answered', /didn’t answer/, () => {
    GPU.prototype.requestAdapter = () => new Promise(() => {});
  }),
  passedOver('a request for a device is never answered', /didn’t answer/, passForHardware, () => {
    GPUAdapter.prototype.requestDevice = () => new Promise(() => {});
  }),
  passedOver('no readback is ever answered', /didn’t answer/, passForHardware, () => {
    GPUBuffer.prototype.mapAsync = () => new Promise(() => {});
  }),
  passedOver('the device is lost at once', /stopped working/, passForHardware, () => {
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (descriptor) {
      const device = await requestDevice.call(this, descriptor);
      device.destroy();
      return device;
    };
  }),
  {
    name: 'the device is lost in the first step, every time',
    inject: {
      worker() {
        // The self-test gives its largest buffer back when it has ended. Then only training needs large ones.
        const { createBuffer } = GPUDevice.prototype;
        const { destroy } = GPUBuffer.prototype;
        let isTested = false;
        GPUBuffer.prototype.destroy = function () {
          isTested ||= this.size > 2 ** 26;
          return destroy.call(this);
        };
        GPUDevice.prototype.createBuffer = function (descriptor) {
          if (isTested && descriptor.size > 2 ** 22) setTimeout(() => this.destroy(), 300);
          return createBuffer.call(this, descriptor);
        };
      },
    },
    act: ({ page }) => useSoftware(page),
    async expect({ page }) {
      assert.match(await whatComputes(page), /simulated in software does the work/);
      const [sees, kept] = await Promise.all([
        says(page, /graphics card stopped working/),
        doTheJob(page, 20),
      ]);
      return { sees, kept };
    },
  },
  {
    name: 'readbacks stop being answered in the middle of a training',
    inject: {
      worker() {
        const { mapAsync } = GPUBuffer.prototype;
        let left = 0;
        // As above.
        const { createBuffer } = GPUDevice.prototype;
        const { destroy } = GPUBuffer.prototype;
        let isTested = false;
        GPUBuffer.prototype.destroy = function () {
          isTested ||= this.size > 2 ** 26;
          return destroy.call(this);
        };
        GPUDevice.prototype.createBuffer = function (descriptor) {
          if (isTested && descriptor.size > 2 ** 22) left ||= 12;
          return createBuffer.call(this, descriptor);
        };
        GPUBuffer.prototype.mapAsync = function (...args) {
          if (left === 1) return new Promise(() => {});
          if (left > 0) left -= 1;
          return mapAsync.apply(this, args);
        };
      },
    },
    act: ({ page }) => useSoftware(page),
    async expect({ page }) {
      const [sees, kept] = await Promise.all([
        says(page, /graphics card didn’t answer/),
        doTheJob(page, 20),
      ]);
      return { sees, kept };
    },
  },
  {
    name: 'the device is given with default limits only',
    inject: {
      worker() {
        const { requestDevice } = GPUAdapter.prototype;
        GPUAdapter.prototype.requestDevice = async function (descriptor) {
          const limits = Object.values(descriptor?.requiredLimits ?? {});
          if (limits.length > 0) throw new DOMException('too much', 'OperationError');
          return requestDevice.call(this, descriptor);
        };
      },
    },
    act: ({ page }) => useSoftware(page),
    async expect({ page }) {
      const sees = await whatComputes(page);
      assert.match(sees, /simulated in software does the work/);
      return { sees, kept: await doTheJob(page) };
    },
  },
  ...[undefined, {}].map((info): Fault => {
    const what = info === undefined ? 'undefined' : 'empty';
    return {
      name: `the adapter’s description is ${what}`,
      inject: {
        worker:
          info === undefined
            ? () => Object.defineProperty(GPUAdapter.prototype, 'info', { get: () => undefined })
            : () => Object.defineProperty(GPUAdapter.prototype, 'info', { get: () => ({}) }),
      },
      act: ({ page }) => bringTweets(page),
      async expect({ page }) {
        const sees = await whatComputes(page);
        assert.match(sees, /unnamed GPU/);
        return { sees, kept: await doTheJob(page) };
      },
    };
  }),
];

export const graphicsCard: FaultGroup = { name: 'graphics card', faults };
