/**
 * WebKitGTK, driven by WebDriver (https://www.w3.org/TR/webdriver2/) in the small browser that comes with it. It
 * has no headless mode, so it gets a screen that exists in memory only.
 */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { freePort } from '../support/free-port.ts';
import { isInstalled, type Started, start } from './processes.ts';
import { ANSWER_MS, type Browser, ENTER, type Json } from './protocol.ts';
import { type Command, driveByWebDriver, type Send } from './webdriver.ts';

/** Debian puts it beside the library, in a folder that is named after the processor and the version. */
function findMiniBrowser(): string | null {
  const ofSystem = existsSync('/usr/lib') ? readdirSync('/usr/lib') : [];
  const places = ofSystem
    .filter((name) => name.endsWith('-linux-gnu'))
    .flatMap((name) => ['4.1', '4.0'].map((v) => `/usr/lib/${name}/webkit2gtk-${v}/MiniBrowser`));
  return places.find((place) => existsSync(place)) ?? null;
}

const miniBrowser = process.env['MYNAH_WEBKIT'] ?? findMiniBrowser();

export const hasWebKit =
  miniBrowser !== null && isInstalled('WebKitWebDriver') && isInstalled('Xvfb');

export interface WebKitOptions {
  /** The port of a proxy on this computer, for everything that isn't on it. */
  readonly proxyPort: number;
}

/** Now and then the driver never answers the request for a session (seen with WebKitGTK 2.50), and is started anew. */
const MAX_STARTS = 3;
/** A session takes a few seconds. */
const SESSION_MS = 30_000;

export async function launchWebKit(options: WebKitOptions): Promise<Browser> {
  for (let starts = 1; ; starts++) {
    try {
      return await startWebKit(options);
    } catch (error) {
      const isSilent = error instanceof DOMException && error.name === 'TimeoutError';
      if (!isSilent || starts === MAX_STARTS) throw error;
    }
  }
}

async function startWebKit({ proxyPort }: WebKitOptions): Promise<Browser> {
  const folder = mkdtempSync(`${tmpdir()}/mynah-webkit-`);
  const downloads = `${folder}/Downloads`;
  mkdirSync(downloads);
  mkdirSync(`${folder}/.config`);
  writeFileSync(`${folder}/.config/user-dirs.dirs`, 'XDG_DOWNLOAD_DIR="$HOME/Downloads"\n');
  const started: Started[] = [];
  const end = async () => {
    for (const program of started.reverse()) await program.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const screen = await start(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
      /^(\d+)\n/m,
    );
    started.push(screen);
    const port = await freePort();
    const environment = {
      DISPLAY: `:${screen.match[1]}`,
      HOME: folder,
      XDG_CONFIG_HOME: `${folder}/.config`,
      XDG_CACHE_HOME: `${folder}/.cache`,
      XDG_DATA_HOME: `${folder}/.local`,
      LIBGL_ALWAYS_SOFTWARE: '1',
    };
    started.push(await start('WebKitWebDriver', [`--port=${port}`], null, environment));
    return await drive(`http://127.0.0.1:${port}`, proxyPort, downloads, end);
  } catch (error) {
    await end();
    throw error;
  }
}

/** The driver prints nothing, so it has started when it answers. */
async function untilReady(address: string): Promise<void> {
  const deadline = Date.now() + ANSWER_MS;
  for (;;) {
    const isReady = await fetch(`${address}/status`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    if (Date.now() > deadline) throw new Error('WebKitWebDriver has not started');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function drive(
  address: string,
  proxyPort: number,
  downloads: string,
  end: () => Promise<void>,
): Promise<Browser> {
  const send = async (
    method: string,
    path: string,
    body?: object,
    patienceMs = ANSWER_MS,
  ): Promise<Json> => {
    const response = await fetch(address + path, {
      method,
      signal: AbortSignal.timeout(patienceMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: Json };
    if (response.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new Error(`${method} ${path}: ${error}: ${message}`);
  };
  await untilReady(address);
  const proxy = `127.0.0.1:${proxyPort}`;
  const alwaysMatch = {
    proxy: {
      proxyType: 'manual',
      httpProxy: proxy,
      sslProxy: proxy,
      noProxy: ['127.0.0.1', 'localhost'],
    },
    'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
  };
  const wish = { capabilities: { alwaysMatch } };
  const session = (await send('POST', '/session', wish, SESSION_MS)) as {
    sessionId: string;
  };
  const path = `/session/${session.sessionId}`;
  await send('POST', `${path}/timeouts`, { script: ANSWER_MS, pageLoad: ANSWER_MS });

  const paths: { readonly [C in Command]: string } = {
    Navigate: '/url',
    Refresh: '/refresh',
    ExecuteScript: '/execute/sync',
    ExecuteAsyncScript: '/execute/async',
    ElementClear: '/clear',
    ElementClick: '/click',
    ElementSendKeys: '/value',
  };
  const command: Send = (name, { id, ...parameters }) => {
    const element = id === undefined ? '' : `/element/${id}`;
    return send('POST', path + element + paths[name], parameters);
  };
  return driveByWebDriver(command, {
    downloads,
    reload: () => command('Refresh', {}),
    press: (id) => command('ElementSendKeys', { id, text: ENTER }),
    async close() {
      await send('DELETE', path).catch(() => undefined);
      await end();
    },
  });
}
