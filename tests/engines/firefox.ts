/** Firefox, driven by Marionette, which it speaks without a further program. */

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { connectMarionette } from './marionette.ts';
import { isInstalled, start } from './processes.ts';
import { ANSWER_MS, type Browser, type Json } from './protocol.ts';
import { driveByWebDriver, type Send } from './webdriver.ts';

const program = process.env['MYNAH_FIREFOX'] ?? 'firefox-esr';
/** Mesa's driver, which some versions of Debian name after the processor. */
const lavapipe = ['lvp_icd.json', 'lvp_icd.x86_64.json']
  .map((name) => `/usr/share/vulkan/icd.d/${name}`)
  .find((path) => existsSync(path));

export const hasFirefox = isInstalled(program);
export const hasLavapipe = lavapipe !== undefined;

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
    // Any that is free.
    'marionette.port': 0,
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
    ['--headless', '--no-remote', '--profile', profile, '--marionette'],
    /Marionette\s+INFO\s+Listening on port (\d+)/,
    {
      HOME: folder,
      MOZ_REMOTE_SETTINGS_DEVTOOLS: '1',
      ...(hasWebGPU && lavapipe !== undefined ? { VK_DRIVER_FILES: lavapipe } : {}),
    },
  );
  const endAll = async () => {
    await end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const marionette = await connectMarionette(Number(match[1]), lastWords);
    const timeouts = { script: ANSWER_MS, pageLoad: ANSWER_MS };
    await marionette.send('WebDriver:NewSession', { capabilities: { alwaysMatch: { timeouts } } });
    // Without a sandbox: what a test calls is what the page has.
    const send: Send = (command, parameters) =>
      marionette.send(`WebDriver:${command}`, { ...parameters, sandbox: null }).then(resultOf);
    return driveByWebDriver(send, {
      downloads,
      // Not by the command for it, with which Firefox passes the service worker by, as with Shift and Reload.
      async reload() {
        const url = await send('ExecuteScript', { script: 'return location.href;', args: [] });
        await send('Navigate', { url: 'about:blank' });
        await send('Navigate', { url });
      },
      press: (id) => send('ElementClick', { id }),
      async close() {
        marionette.close();
        await endAll();
      },
    });
  } catch (error) {
    await endAll();
    throw error;
  }
}

/** Results are wrapped in an object. */
const resultOf = (result: Json): Json => (result as { value?: Json } | null)?.value ?? null;

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
