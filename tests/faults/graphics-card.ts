/** Faults of graphics cards and their drivers, on Chromium's software driver. */

import assert from 'node:assert/strict';
import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { seemHardware } from '../support/seem-hardware.ts';
import { type Fault, type FaultGroup, says } from './fault.ts';
import { failsInTraining, onCard, passForHardware, useSoftware } from './broken-card.ts';
import { bringTweets, doTheJob, whatComputes } from './whole-job.ts';

const unnamed = (name: string, worker: () => void): Fault => ({
  name,
  inject: { worker },
  act: ({ page }) => useSoftware(page),
  async expect({ page }) {
    const sees = await whatComputes(page);
    assert.match(sees, /unnamed GPU/);
    const kept = await doTheJob(page);
    assert.match(kept, /unnamed GPU/);
    return { sees, kept };
  },
});

const faults: readonly Fault[] = [
  onCard('no device is given', /couldn’t open/, passForHardware, () => {
    GPUAdapter.prototype.requestDevice = () =>
      Promise.reject(new DOMException('out of luck', 'OperationError'));
  }),
  onCard('a request for an adapter is never answered', /didn’t answer/, () => {
    GPU.prototype.requestAdapter = () => new Promise(() => {});
  }),
  onCard('a request for a device is never answered', /didn’t answer/, passForHardware, () => {
    GPUAdapter.prototype.requestDevice = () => new Promise(() => {});
  }),
  onCard('no readback is ever answered', /didn’t answer/, passForHardware, () => {
    GPUBuffer.prototype.mapAsync = () => new Promise(() => {});
  }),
  onCard('the device is lost at once', /stopped working/, passForHardware, () => {
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (descriptor) {
      const device = await requestDevice.call(this, descriptor);
      device.destroy();
      return device;
    };
  }),
  failsInTraining(
    'the device is lost in the first step, every time',
    /graphics card stopped working/,
    () => {
      addEventListener('training', (event) => {
        const { detail: device } = event as CustomEvent<GPUDevice>;
        setTimeout(() => device.destroy(), 300);
      });
    },
  ),
  failsInTraining(
    'readbacks stop being answered in the middle of a training',
    /graphics card didn’t answer/,
    () => {
      const { mapAsync } = GPUBuffer.prototype;
      let left = 0;
      addEventListener('training', () => {
        left ||= 12;
      });
      GPUBuffer.prototype.mapAsync = function (...args) {
        if (left === 1) return new Promise(() => {});
        if (left > 0) left -= 1;
        return mapAsync.apply(this, args);
      };
    },
  ),
  failsInTraining(
    'the device computes wrongly, but only products in the starter’s sizes',
    /graphics card gave wrong numbers with the whole model/,
    () => {
      // The self-test has no product of 192 × 576.
      const { createShaderModule } = GPUDevice.prototype;
      GPUDevice.prototype.createShaderModule = function (descriptor) {
        const code = descriptor.code.replace(
          'var y = sum;',
          'var y = select(1.0, 0.99, p.K == 192u && p.N == 576u) * sum;',
        );
        return createShaderModule.call(this, { ...descriptor, code });
      };
    },
  ),
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
  {
    name: 'it trains the starter more slowly than the processor',
    inject: { worker: seemHardware },
    act: ({ page }) => bringTweets(page),
    async expect({ page }) {
      const slower = /slower with a model as small as this/;
      const sees = await says(page, slower);
      // Its steps are smaller, so both are timed anew, and on a loaded machine either may win.
      const kept = await doTheJob(page);
      await page.getByRole('button', { name: LABELS.aboutDevice }).click();
      const report = await page.getByRole('dialog').textContent();
      assert.equal(slower.test(report ?? ''), kept.includes('(wasm)'));
      return { sees, kept };
    },
  },
  unnamed('the adapter’s description is undefined', () => {
    // Only at first, because a driver that isn't known to be a software one gets the kernels for hardware.
    let isFirst = true;
    Object.defineProperty(GPUAdapter.prototype, 'info', {
      get() {
        const info = isFirst ? undefined : { isFallbackAdapter: true };
        isFirst = false;
        return info;
      },
    });
  }),
  unnamed('the adapter’s description is empty', () => {
    Object.defineProperty(GPUAdapter.prototype, 'info', {
      get: () => ({ isFallbackAdapter: true }),
    });
  }),
];

export const graphicsCard: FaultGroup = { name: 'graphics card', faults };
