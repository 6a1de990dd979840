/** Which requests the page, the engine and the service worker have made, from the browser's own records. */
import { type RecordedRequest, recordedRequests } from '../../core/recorded-requests.ts';
import { call } from '../state/engine.ts';

/** Who made a request. The service worker's records begin anew each time the browser starts it. */
export type Thread = 'page' | 'engine' | 'service worker';

export interface PageRequest extends RecordedRequest {
  readonly by: Thread;
}

/** What a request was for, as far as its address says it. */
export type Purpose =
  | 'page'
  | 'script'
  | 'wasm'
  | 'style'
  | 'picture'
  | 'starter'
  | 'ready'
  | 'sample'
  | 'hub'
  | 'unknown';

/** A service worker that is being replaced may not answer. */
const ANSWER_MS = 2000;

/** All requests of the three threads, and which threads didn't answer. */
export async function allRequests(): Promise<{
  readonly requests: readonly PageRequest[];
  readonly silent: readonly Thread[];
}> {
  const [ofEngine, ofServiceWorker] = await Promise.all([
    call('deviceReport', {}).then(
      ({ requests }) => requests,
      () => null,
    ),
    serviceWorkerRequests(),
  ]);
  const threads: readonly (readonly [by: Thread, requests: readonly RecordedRequest[] | null])[] = [
    ['page', recordedRequests()],
    ['engine', ofEngine],
    ['service worker', ofServiceWorker],
  ];
  return {
    requests: threads.flatMap(([by, requests]) =>
      (requests ?? []).map((request) => ({ ...request, by })),
    ),
    silent: threads.flatMap(([by, requests]) => (requests === null ? [by] : [])),
  };
}

/** Null if it doesn't answer. */
async function serviceWorkerRequests(): Promise<readonly RecordedRequest[] | null> {
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
  if (worker === null) return [];
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<readonly RecordedRequest[] | null>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<readonly RecordedRequest[]>) => resolve(data);
    setTimeout(resolve, ANSWER_MS, null);
  });
  worker.postMessage('requests', [port2]);
  const requests = await answer;
  port1.close();
  return requests;
}

/** Divides requests into those to the page's own address and all others, each in the order of time. */
export function divide(
  requests: readonly PageRequest[],
  origin: string,
): { readonly own: readonly PageRequest[]; readonly foreign: readonly PageRequest[] } {
  const sorted = [...requests].sort((a, b) => a.atMs - b.atMs);
  const isOwn = ({ url }: PageRequest) => new URL(url).origin === origin;
  return { own: sorted.filter(isOwn), foreign: sorted.filter((request) => !isOwn(request)) };
}

/** @param hubUrl The address of the Hub that models are downloaded from. */
export function purposeOf({ url }: RecordedRequest, origin: string, hubUrl: string): Purpose {
  const { origin: target, hostname, pathname } = new URL(url);
  if (target !== origin) {
    const isHub = /(?:^|\.)(?:huggingface\.co|hf\.co)$/.test(hostname);
    return isHub || target === new URL(hubUrl).origin ? 'hub' : 'unknown';
  }
  if (pathname.includes('/models/starter/')) return 'starter';
  if (pathname.includes('/models/ready/')) return 'ready';
  if (pathname.includes('/sample/')) return 'sample';
  if (/\.m?js$|\.tsx?$/.test(pathname)) return 'script';
  if (pathname.endsWith('.wasm')) return 'wasm';
  if (pathname.endsWith('.css')) return 'style';
  if (/\.(?:svg|png|ico)$/.test(pathname)) return 'picture';
  return /\/$|\.(?:html|webmanifest)$/.test(pathname) ? 'page' : 'unknown';
}
