/** Lets Vitest run tests inside of Firefox with WebGPU, as it does in Chromium. */

import { playwright } from '@vitest/browser-playwright';
import type { BrowserProviderOption } from 'vitest/node';
import { launchFirefox } from './firefox.ts';
import type { Browser } from './protocol.ts';

/** Vitest's own part, which serves the page, is taken from its provider for Playwright. */
export function firefoxProvider(): BrowserProviderOption {
  const { serverFactory } = playwright();
  const open: Browser[] = [];
  return {
    name: 'firefox-esr',
    options: {},
    serverFactory,
    providerFactory: () => ({
      name: 'firefox-esr',
      supportsParallelism: false,
      getCommandsContext: () => ({}),
      async openPage(_session, url) {
        // Nobody listens at the port: the tests need nothing but Vitest's own server.
        const browser = await launchFirefox({ proxyPort: 9, hasWebGPU: true });
        open.push(browser);
        await browser.goto(url);
      },
      async close() {
        for (const browser of open.splice(0)) await browser.close();
      },
    }),
  };
}
