/**
 * Three projects: `unit` runs in Node, `browser` in a real Chromium with real WebGPU and IndexedDB,
 * `e2e` drives the built site as a person does.
 */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions } from './tests/support/chromium.mjs';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
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
          testTimeout: 120_000,
          hookTimeout: 60_000,
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
          testTimeout: 600_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
