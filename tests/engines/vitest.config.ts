/**
 * The tests in browsers other than Chromium, which `npm run browsers` runs. They are apart from `npm test`, because
 * they need browsers that few computers have, and minutes.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { patience } from '../../vitest.config.ts';
import { hasFirefox, hasLavapipe } from './firefox.ts';
import { firefoxProvider } from './firefox-provider.ts';

/** A software driver compiles every kernel, and nothing on the page changes meanwhile. */
const slow = { ...patience, testTimeout: 3 * patience.testTimeout };

const KERNELS = 'tests/browser/ops/webgpu-parity.test.ts';

/** The kernels' numbers, inside of Firefox. Without it, `tests/firefox/main-job.test.ts` names what is skipped. */
const kernels: TestProjectInlineConfiguration = {
  optimizeDeps: { entries: [KERNELS] },
  test: {
    name: 'firefox-kernels',
    include: [KERNELS],
    ...slow,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: firefoxProvider(),
      instances: [{ browser: 'firefox' }],
    },
  },
};

const driven = ['firefox', 'webkit'].map((name) => ({
  test: {
    name,
    include: [`tests/${name}/*.test.ts`],
    environment: 'node' as const,
    ...slow,
    fileParallelism: false,
  },
}));

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    globalSetup: ['tests/engines/build-site.ts'],
    fileParallelism: false,
    projects: [...driven, ...(hasFirefox && hasLavapipe ? [kernels] : [])],
  },
});
