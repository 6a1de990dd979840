/**
 * Three projects: `unit` runs in Node, `browser` in a real Chromium with real WebGPU and IndexedDB,
 * `e2e` drives the built site as a person does. Vitest runs the files of `unit` first, and then those of
 * the other two beside each other, one file of each at a time.
 */
import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './tests/support/chromium.mjs';

/**
 * When a test or hook counts as hanging. Not how long one may take: a loaded machine can be many times
 * slower than an idle one, and no test may fail for that.
 */
const HANGING_MS = 900_000;
const patience = {
  testTimeout: HANGING_MS,
  hookTimeout: HANGING_MS,
  expect: { poll: { timeout: HANGING_MS / 3 } },
};

export default defineConfig({
  test: {
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
          globalSetup: ['tests/browser/start-hub.ts'],
          setupFiles: ['tests/browser/empty-storage.ts'],
          ...patience,
          fileParallelism: false,
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
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/e2e/build-site.ts'],
          ...patience,
          fileParallelism: false,
        },
      },
    ],
  },
});
