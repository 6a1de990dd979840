/**
 * Four projects: `unit` runs in Node, `browser` in a real Chromium with real WebGPU and IndexedDB, `e2e` has the built
 * site do its main job and whatever must hold meanwhile, and `walks` goes through all the rest that a person can see
 * and do there. `npm test` runs the first three: the files of `unit`, and then those of the other two beside each other,
 * one file of each at a time. `npm run walks` runs the last.
 */
import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { chromiumLaunchOptions } from './tests/support/chromium.mjs';

/**
 * When a test or hook counts as hanging. With two cores and ten other processes on each, the longest test
 * (compiling kernels) took 100 seconds, so this leaves room for a machine that is three times slower.
 */
const HANGING_MS = 300_000;
export const patience = {
  testTimeout: HANGING_MS,
  hookTimeout: HANGING_MS,
  // Shorter, like HANGING_MS of `tests/support/patience.ts`: their errors say what was waited for.
  expect: { poll: { timeout: HANGING_MS / 3 } },
};

/** The files that take longest, longest first: one that began last would leave the other cores idle. */
const LONGEST = [
  'unit/ops/webgpu-parity',
  'unit/ops/webgpu-tiles',
  'unit/ops/kernels.property',
  'unit/archive/fuzz',
  'unit/ops/real-sizes',
  'unit/ops/engine',
  'unit/train/growth',
  'unit/archive/bringing.property',
];

/** Projects with the same number run beside each other, after those with a smaller one. */
const AFTER_UNIT = 1;

/** What drives the built site: one file at a time. */
const ON_THE_BUILT_SITE = {
  environment: 'node' as const,
  globalSetup: 'tests/e2e/build-site.ts',
  ...patience,
  fileParallelism: false,
  sequence: { groupOrder: AFTER_UNIT },
  // One process and one browser for all files (`open-page.ts`): starting both anew takes seconds.
  isolate: false,
};

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(`tests/${name}.test.ts`));
      return index < 0 ? LONGEST.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          environment: 'node',
          // Vitest's own choice is one less, which leaves half of a machine with two cores idle.
          maxWorkers: availableParallelism(),
          ...patience,
        },
      },
      {
        optimizeDeps: {
          // All of them at the start: one found late reloads the page under a test.
          entries: ['index.html', 'workers/engine.worker.ts', 'tests/browser/**/*.test.ts'],
          // Its worker's file isn't taken along when it is bundled.
          exclude: ['@zip.js/zip.js'],
        },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/start-hub.ts', 'tests/browser/build-engine.ts'],
          setupFiles: ['tests/browser/empty-storage.ts'],
          ...patience,
          fileParallelism: false,
          sequence: { groupOrder: AFTER_UNIT },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/*.test.ts'],
          ...ON_THE_BUILT_SITE,
        },
      },
      {
        test: {
          name: 'walks',
          include: ['tests/e2e/walks/*.test.ts'],
          ...ON_THE_BUILT_SITE,
        },
      },
    ],
  },
});
