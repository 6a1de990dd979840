/**
 * The service worker: the whole page at install, then offline for good.
 *
 * It keeps what the build lists (page, scripts, styles, WASM, starter model, sample) and nothing
 * else; it caches nothing at run time and asks no other origin for anything. It also adds the
 * headers that many static hosts can't send, as coi-serviceworker does
 * (https://github.com/gzuidhof/coi-serviceworker): cross-origin isolation, so that WASM gets
 * threads, and a policy for the worker script, which doesn't inherit the page's meta element.
 */
import {
  addPlugins,
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { HUB_SOURCES } from '../src/domain/hub-name.ts';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: { url: string; revision: string | null }[];
};

const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const WORKER_POLICY = `default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self' ${HUB_SOURCES}`;

function withHeaders(response: Response): Response {
  // An opaque response shows neither its body nor its headers; there is nothing to add them to.
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

addPlugins([{ handlerWillRespond: async ({ response }) => withHeaders(response) }]);
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

const pageFromCache = createHandlerBoundToURL('index.html');

self.addEventListener('fetch', (event) => {
  // Precached files have been answered above; what is left of navigations is the page itself.
  if (event.request.mode !== 'navigate') return;
  event.respondWith(
    Promise.resolve(
      pageFromCache({ event, request: event.request, url: new URL(event.request.url) }),
    ),
  );
});

// The first install takes the open page at once, so one visit is enough to work offline. An update
// waits until the user asks for it: it must never pull a page that is training from under them.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting());
});
