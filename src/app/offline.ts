/** The service worker from the page's side: is the page ready offline, is there a newer one. */
import { signal } from '@preact/signals';
import { scriptUrl } from './trusted-urls.ts';

export const isReadyOffline = signal(false);
/** Set when the browser has no service workers or refuses this one: the page then needs the network at each visit. */
export const isOfflineRefused = signal(false);
/** Set when a newer version is installed and waits. */
export const waitingVersion = signal<ServiceWorker | null>(null);

/** Resolves when all that the first look needs has been loaded. */
export async function whenLoaded(): Promise<void> {
  if (document.readyState === 'complete') return;
  await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
}

export async function startOffline(): Promise<void> {
  // Only built pages have one; in development it would serve yesterday's code.
  if (!import.meta.env.PROD) return;
  if (!('serviceWorker' in navigator)) {
    isOfflineRefused.value = true;
    return;
  }
  const { serviceWorker } = navigator;
  const updateReadiness = () => {
    isReadyOffline.value = serviceWorker.controller !== null;
    if (isReadyOffline.value) linkManifest();
  };
  serviceWorker.addEventListener('controllerchange', updateReadiness);
  // This page is of the version that controls it, so older ones may go if it is the only one.
  serviceWorker.controller?.postMessage('tidy');
  updateReadiness();
  // Its install fetches the whole page again for the cache; the first look comes first.
  await whenLoaded();
  try {
    const registration = await serviceWorker.register(scriptUrl('offline.sw.js'));
    watchForUpdate(registration);
    if (serviceWorker.controller === null) claimWhenActive(registration);
  } catch {
    // Private windows and some embedded browsers refuse. The page works all the same while the
    // network is there, and says that it isn't stored.
    isOfflineRefused.value = true;
  }
}

/**
 * Lets the browser install the page, but not before the service worker is in control: it alone may answer what other
 * apps share with the installed page, which would go to the host without it.
 */
function linkManifest(): void {
  if (document.querySelector('link[rel="manifest"]') !== null) return;
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = './manifest.webmanifest';
  document.head.append(link);
}

/** Has the worker control this page as well, but not before it is active (`workers/offline.sw.ts` says why). */
function claimWhenActive({ installing, waiting, active }: ServiceWorkerRegistration): void {
  const worker = installing ?? waiting ?? active;
  const claim = () => {
    if (worker?.state === 'activated') worker.postMessage('claim');
  };
  worker?.addEventListener('statechange', claim);
  claim();
}

function watchForUpdate(registration: ServiceWorkerRegistration): void {
  const offer = () => {
    // Without a controller it is the first install, not an update.
    if (registration.waiting !== null && navigator.serviceWorker.controller !== null) {
      waitingVersion.value = registration.waiting;
    }
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
}

/** Hands the page over to the waiting version. Called only when the user asks. */
export function reloadIntoNewVersion(): void {
  const waiting = waitingVersion.value;
  if (waiting === null) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
    once: true,
  });
  waiting.postMessage('take-over');
}
