/**
 * The service worker. It caches the whole page when it is installed, so that the page works offline.
 *
 * It caches the files that the build lists (page, scripts, styles, WASM, starter model, sample), nothing at
 * run time, and requests nothing from other origins. It also adds headers that many static hosts can't send,
 * as coi-serviceworker does (https://github.com/gzuidhof/coi-serviceworker): cross-origin isolation, which
 * WASM threads need, and a Content-Security-Policy for the engine's worker, which doesn't inherit the policy
 * in the page's meta element.
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

addPlugins([{ handlerWillRespond: async ({ response }) => withHeaders(response) }]);
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

const pageFromCache = createHandlerBoundToURL('index.html');
const pagePath = new URL(self.registration.scope).pathname;

self.addEventListener('fetch', (event) => {
  // Precached files are answered above. The page itself may be asked for with any query. Everything else below
  // this address, such as another site's folder, is not Mynah's to answer.
  const url = new URL(event.request.url);
  if (event.request.mode !== 'navigate' || url.pathname !== pagePath) return;
  event.respondWith(Promise.resolve(pageFromCache({ event, request: event.request, url })));
});

// After the first install, the worker takes control of the open page immediately, so one visit is enough to
// work offline. An update waits until the user asks for it, because it must not interrupt a training run.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting());
});
