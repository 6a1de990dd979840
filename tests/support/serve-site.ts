/** Serves the built site as `npm start` does, on a free port, until it is stopped. */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { HUB_SOURCES } from '../../src/domain/hub-name.ts';
import { workerPolicy } from '../../vite.config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Site {
  /** The address, with a slash at the end. */
  readonly url: string;
  /** Stops the server and closes its connections, so that the page is offline. Idempotent. */
  unplug(): Promise<void>;
}

export interface SiteOptions {
  /**
   * Origins of mirrors of the Hub that the page's policies should also allow, as the host of a site may
   * decide.
   */
  readonly mirrors?: readonly string[];
  /** A built site other than `dist/`. */
  readonly folder?: string;
  /** Sends no headers with what it serves, as many static hosts do. */
  readonly isBare?: boolean;
  /**
   * Whether it sends the headers that give WebAssembly threads on the first visit; by default it does. Without them,
   * a training of small steps takes a third of the processor's time, because threads wait for each other in loops.
   */
  readonly hasThreads?: boolean;
}

export async function serveSite({
  mirrors = [],
  folder,
  isBare = false,
  hasThreads = true,
}: SiteOptions = {}): Promise<Site> {
  const allow = (policy: string) =>
    policy.replaceAll(HUB_SOURCES, [HUB_SOURCES, ...mirrors].join(' '));
  const copy = mirrors.length === 0 ? null : copyOfSite(allow);
  const outDir = copy ?? folder;
  // Port 0: the system picks a free one, so that several can run at once.
  const server = await preview({
    root,
    logLevel: 'error',
    ...(isBare ? { configFile: false, appType: 'mpa' } : {}),
    ...(outDir === undefined ? {} : { build: { outDir } }),
    preview: {
      port: 0,
      strictPort: false,
      headers: isBare
        ? {}
        : {
            'Content-Security-Policy': allow(workerPolicy),
            ...(hasThreads ? {} : { 'Cross-Origin-Embedder-Policy': 'unsafe-none' }),
          },
    },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the preview server has no address');
  let closing: Promise<void> | null = null;
  return {
    url,
    unplug() {
      closing ??= server.close().finally(() => {
        if (copy !== null) rmSync(copy, { recursive: true, force: true });
      });
      return closing;
    },
  };
}

/** The built site with other policies in the page and in the headers from its service worker. */
function copyOfSite(allow: (policy: string) => string): string {
  mkdirSync(`${root}.cache`, { recursive: true });
  const copy = mkdtempSync(`${root}.cache/site-`);
  cpSync(`${root}dist`, copy, { recursive: true });
  for (const file of ['index.html', 'offline.sw.js']) {
    const before = readFileSync(`${copy}/${file}`, 'utf8');
    const after = allow(before);
    if (after === before) throw new Error(`${file} names no hosts of the Hub`);
    writeFileSync(`${copy}/${file}`, after);
  }
  return copy;
}
