/**
 * The service worker. It caches the whole page when it is installed, so that the page works offline.
 *
 * It caches the files that the build lists (page, scripts, styles, WASM, starter model, ready-made bot, sample),
 * nothing at run time, and requests nothing from other origins. Each version has a cache of its own, and an older one
 * stays for as long as a page of it may be open. What other apps share with the installed page is kept until the page
 * takes it, and goes nowhere else.
 *
 * It also adds headers that many static hosts can't send, as coi-serviceworker does
 * (https://github.com/gzuidhof/coi-serviceworker): cross-origin isolation, which WASM threads need, and a
 * Content-Security-Policy for the engine's worker, which doesn't inherit the policy in the page's meta element.
 */
import { recordAllRequests, recordedRequests } from '../src/core/recorded-requests.ts';
import { HUB_SOURCES } from '../src/domain/hub-name.ts';
import {
  FILE_NAME_HEADER,
  SHARE_ADDRESS,
  SHARED_FILES,
  SHARED_QUERY,
  SHARED_TEXTS,
  shareCacheName,
} from '../src/domain/share-target.ts';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: { url: string; revision: string | null }[];
};

const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const WORKER_POLICY = `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' ${HUB_SOURCES}; require-trusted-types-for 'script'; trusted-types mynah`;

recordAllRequests();

const files = self.__WB_MANIFEST;
const { scope } = self.registration;
const addressOf = (url: string) => new URL(url, scope).href;
/** The version's files by address, and the address under which each is cached, which changes with its content. */
const keys = new Map(
  files.map(({ url, revision }) => {
    const address = addressOf(url);
    return [address, revision === null ? address : `${address}?revision=${revision}`];
  }),
);

/** Other sites, and other copies of Mynah, may lie on the same origin. */
const CACHE_PREFIX = `mynah ${scope} `;
const cacheName = nameOf([...keys.values()].join('\n'));

async function nameOf(version: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(version));
  const hex = Array.from(new Uint8Array(hash, 0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  return CACHE_PREFIX + hex.join('');
}

async function olderCaches(): Promise<string[]> {
  const own = await cacheName;
  return (await caches.keys()).filter((name) => name.startsWith(CACHE_PREFIX) && name !== own);
}

/** Takes from older versions what hasn't changed, such as the starter model, and fetches the rest. */
async function install(): Promise<void> {
  const cache = await caches.open(await cacheName);
  const older = await olderCaches();
  const store = async ([address, key]: [string, string]) => {
    for (const name of older) {
      const kept = await caches.match(key, { cacheName: name });
      if (kept !== undefined) return cache.put(key, kept);
    }
    // Hashed names can come from the browser's own cache; the content of others may have changed.
    const response = await fetch(address, { cache: key === address ? 'default' : 'reload' });
    if (!response.ok) throw new TypeError(`${address}: ${response.status}`);
    await cache.put(key, response);
  };
  await Promise.all([...keys].map(store));
}

/** Answers with this version's file, else with an older version's, else with what the host has. */
async function answer(request: Request, address: string): Promise<Response> {
  const key = keys.get(address);
  if (key !== undefined) {
    const response = await caches.match(key, { cacheName: await cacheName });
    return withHeaders(response ?? (await fetch(request)));
  }
  for (const name of await olderCaches()) {
    const response = await caches.match(address, { cacheName: name });
    if (response !== undefined) return withHeaders(response);
  }
  return fetch(request);
}

function withHeaders(response: Response): Response {
  // The body and headers of an opaque response can't be read, so it can't be copied with more headers.
  if (response.type === 'opaque' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION_HEADERS)) headers.set(name, value);
  if (headers.get('Content-Type')?.includes('javascript') === true) {
    headers.set('Content-Security-Policy', WORKER_POLICY);
  }
  return new Response(response.body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}

/** Deletes the caches of older versions if no page is open but the one that asks, which is of this version. */
async function tidy(): Promise<void> {
  if (self.registration.waiting !== null || self.registration.installing !== null) return;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.filter(({ url }) => url.startsWith(scope)).length > 1) return;
  for (const name of await olderCaches()) await caches.delete(name);
}

/** Keeps the files and the text of a form for the page, and opens the page. */
async function receiveShared(request: Request): Promise<Response> {
  const cache = await caches.open(shareCacheName(scope));
  const kept: string[] = [];
  const keep = async (content: Blob | string, headers: Record<string, string>) => {
    // What was shared before may not have been taken yet.
    const key = addressOf(`${SHARE_ADDRESS}/${crypto.randomUUID()}`);
    kept.push(key);
    await cache.put(key, new Response(content, { headers }));
  };
  try {
    const form = await request.formData();
    for (const file of form.getAll(SHARED_FILES)) {
      // A field without a file is a file without a name.
      if (typeof file === 'string' || file.name === '') continue;
      const type = file.type || 'application/octet-stream';
      const name = encodeURIComponent(file.name);
      await keep(file, { 'Content-Type': type, [FILE_NAME_HEADER]: name });
    }
    const texts = SHARED_TEXTS.flatMap((name) => form.getAll(name)).filter(
      (text) => typeof text === 'string' && text.trim() !== '',
    );
    if (texts.length > 0) await keep(texts.join('\n'), { 'Content-Type': 'text/plain' });
  } catch {
    // There may be no space for it. The page finds nothing, and says so.
    for (const key of kept) await cache.delete(key);
  }
  return Response.redirect(`${scope}?${SHARED_QUERY}`, 303);
}

self.addEventListener('install', (event) => event.waitUntil(install()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method === 'POST' && origin + pathname === addressOf(SHARE_ADDRESS)) {
    event.respondWith(receiveShared(request));
  }
  if (request.method !== 'GET') return;
  // The page may be asked for with any query. What isn't in a version's list, such as another site's folder
  // below this address, is not Mynah's to answer.
  const asked = origin + pathname;
  const address = asked === scope ? addressOf('index.html') : asked;
  if (keys.has(address) || address.startsWith(addressOf('assets/'))) {
    event.respondWith(answer(request, address));
  }
});

/** Shows the page that a notification is about, or opens it anew. */
async function showPage(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find(({ url }) => url.startsWith(scope));
  await (page === undefined ? self.clients.openWindow(scope) : page.focus());
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(showPage());
});

// After the first install, the worker takes control of the open page, so one visit is enough to work offline. It
// does so when the page asks, which is when it is active: what a page requests while its worker is still
// activating is sometimes not answered by Firefox 153 until a minute later. An update waits until the user asks for
// it, because it must not interrupt a training run.
self.addEventListener('message', (event) => {
  if (event.data === 'claim') event.waitUntil(self.clients.claim());
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting());
  if (event.data === 'tidy') event.waitUntil(tidy());
  if (event.data === 'requests') event.ports[0]?.postMessage(recordedRequests());
});
