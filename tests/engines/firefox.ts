/** Firefox, driven by WebDriver BiDi, which it speaks without a further program. */

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type BiDi, connectBiDi } from './bidi.ts';
import { isInstalled, start } from './processes.ts';
import { BACKSPACE, type Browser, type ElementReference, type Json } from './protocol.ts';

const program = process.env['MYNAH_FIREFOX'] ?? 'firefox-esr';
const lavapipe = '/usr/share/vulkan/icd.d/lvp_icd.json';

export const hasFirefox = isInstalled(program);
export const hasLavapipe =
  existsSync(lavapipe) || existsSync(lavapipe.replace('.json', '.x86_64.json'));

export interface FirefoxOptions {
  /** The port of a proxy on this computer, for everything that isn't on it. */
  readonly proxyPort: number;
  /** With WebGPU, on Mesa's lavapipe. */
  readonly hasWebGPU?: boolean;
}

export async function launchFirefox({
  proxyPort,
  hasWebGPU = false,
}: FirefoxOptions): Promise<Browser> {
  const folder = mkdtempSync(`${tmpdir()}/mynah-firefox-`);
  const downloads = `${folder}/downloads`;
  const profile = `${folder}/profile`;
  mkdirSync(downloads);
  mkdirSync(profile);
  const preferences = {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': proxyPort,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxyPort,
    'browser.download.folderList': 2,
    'browser.download.dir': downloads,
    'dom.webgpu.enabled': hasWebGPU,
    'dom.webgpu.workers.enabled': hasWebGPU,
    'gfx.webgpu.ignore-blocklist': hasWebGPU,
    ...quiet,
  };
  writeFileSync(
    `${profile}/user.js`,
    Object.entries(preferences)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
      .join(''),
  );
  const { match, lastWords, end } = await start(
    program,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'],
    /WebDriver BiDi listening on (ws:\S+)/,
    {
      HOME: folder,
      MOZ_REMOTE_SETTINGS_DEVTOOLS: '1',
      ...(hasWebGPU ? { VK_DRIVER_FILES: lavapipe } : {}),
    },
  );
  const endAll = async () => {
    await end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return await drive(await connectBiDi(`${match[1]}/session`, lastWords), downloads, endAll);
  } catch (error) {
    await endAll();
    throw error;
  }
}

/** Firefox's own requests (updates, lists, telemetry) would hide those of the page. */
const quiet = {
  'app.update.disabledForTesting': true,
  'app.normandy.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.blockedURIs.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage': 'about:blank',
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'media.gmp-manager.url': '',
  'media.gmp-provider.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.server': '',
};

/**
 * What Firefox says of a request that a service worker was answering when its page was left, without the request's
 * address. It has an address where the page is still there.
 */
const LEFT_BEHIND =
  'Failed to load ‘’. A ServiceWorker intercepted the request and encountered an unexpected error.';

async function drive(bidi: BiDi, downloads: string, end: () => Promise<void>): Promise<Browser> {
  await bidi.send('session.new', { capabilities: {} });
  const consoleMessages: string[] = [];
  bidi.on('log.entryAdded', ({ level, text }) => {
    if (text !== LEFT_BEHIND) consoleMessages.push(`${level}: ${text}`);
  });
  await bidi.send('session.subscribe', { events: ['log.entryAdded'] });
  const { contexts } = await bidi.send('browsingContext.getTree', {});
  const { context } = (contexts as { context: string }[])[0] as { context: string };

  const call = async (text: string, values: readonly unknown[]): Promise<Record<string, Json>> => {
    const answer = await bidi.send('script.callFunction', {
      functionDeclaration: text,
      arguments: values,
      awaitPromise: true,
      userActivation: true,
      target: { context },
    });
    if (answer['type'] !== 'exception') return answer['result'] as Record<string, Json>;
    throw new Error(String((answer['exceptionDetails'] as Record<string, Json>)['text']));
  };
  const asText = (value: unknown) => ({ type: 'string', value: JSON.stringify(value) });
  const pressKeys = (keys: readonly string[]) =>
    bidi.send('input.performActions', {
      context,
      actions: [
        {
          type: 'key',
          id: 'keyboard',
          actions: keys.flatMap((value) => [
            { type: 'keyDown', value },
            { type: 'keyUp', value },
          ]),
        },
      ],
    });

  return {
    downloads,
    consoleMessages,
    async goto(address) {
      await bidi.send('browsingContext.navigate', { context, url: address, wait: 'complete' });
    },
    async reload() {
      await bidi.send('browsingContext.reload', { context, wait: 'complete' });
    },
    async run(inPage, ...values) {
      const text = `async (json) => JSON.stringify((await (${inPage})(...JSON.parse(json))) ?? null)`;
      const { value } = await call(text, [asText(values)]);
      return JSON.parse(value as string);
    },
    async element(inPage, ...values) {
      const result = await call(`(json) => (${inPage})(...JSON.parse(json))`, [asText(values)]);
      return result['type'] === 'node' ? { sharedId: result['sharedId'] as string } : null;
    },
    async press(element: ElementReference) {
      // Not by keyboard: the window of a browser without a screen has no focus, and then keys press no buttons.
      await call("(element) => element.scrollIntoView({ block: 'center' })", [element]);
      const origin = { type: 'element', element };
      const actions = [
        { type: 'pointerMove', x: 0, y: 0, origin },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      const mouse = { type: 'pointer', id: 'mouse', actions };
      await bidi.send('input.performActions', { context, actions: [mouse] });
    },
    async fill(element: ElementReference, text: string) {
      await call('(element) => { element.focus(); element.select(); }', [element]);
      await pressKeys(text === '' ? [BACKSPACE] : [...text]);
    },
    async setFiles(element: ElementReference, files: readonly string[]) {
      await bidi.send('input.setFiles', { context, element, files });
    },
    async close() {
      bidi.close();
      await end();
    },
  };
}
