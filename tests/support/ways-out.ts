/**
 * Every way that code in a page or a worker could send something to another host, and a host that notices whatever
 * reaches it. The functions are sent as text, so they can't refer to anything outside of themselves.
 */

import { createSocket } from 'node:dgram';
import { listenForRequests } from './listen-for-requests.ts';

export interface Listener {
  /** The other host's address, without a slash at the end. */
  readonly url: string;
  /** The first line of each request, in the order in which they came. */
  readonly received: string[];
  close(): void;
}

/** Whatever connects is counted, whether it speaks HTTP or not. WebRTC's and WebTransport's packets come by UDP. */
export async function listenForAnything(): Promise<Listener> {
  const tcp = await listenForRequests('200 OK\r\nAccess-Control-Allow-Origin: *');
  const { port, received } = tcp;
  const udp = createSocket('udp4', () => received.push('a packet by UDP'));
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close() {
      tcp.close();
      udp.close();
    },
  };
}

/** Vite rewrites `import()`, and what it calls instead is in no page: without this, imports would seem refused. */
function asText<A extends unknown[], R>(inPage: (...values: A) => R): (...values: A) => R {
  const text = inPage.toString().replaceAll('__vite_ssr_dynamic_import__', 'import');
  return Object.defineProperty(inPage, 'toString', { value: () => text });
}

/** Each way is tried on its own, and may end in an error or be ignored. None of them leaves the page. */
export const tryWaysOfPage = asText(async (foreign: string): Promise<void> => {
  const dataScript = 'data:text/javascript,export default 1';
  // A connection sends nothing before it has an offer, and then needs a moment.
  const askStun = async (Peer: typeof RTCPeerConnection) => {
    const peer = new Peer({ iceServers: [{ urls: `stun:${foreign.slice(7)}` }] });
    peer.createDataChannel('x');
    await peer.setLocalDescription(await peer.createOffer());
    await new Promise((resolve) =>
      peer.addEventListener(
        'icegatheringstatechange',
        () => peer.iceGatheringState === 'complete' && resolve(null),
      ),
    );
  };
  /** What TypeScript's library doesn't know, because not every browser has it. */
  const newer = globalThis as typeof globalThis & {
    fetchLater?: (url: string, options: object) => unknown;
  };
  const ways: (() => unknown)[] = [
    () => fetch(`${foreign}/fetch`, { mode: 'no-cors' }),
    () => newer.fetchLater?.(`${foreign}/fetch-later`, { activateAfter: 0 }),
    () => navigator.sendBeacon(`${foreign}/beacon`, 'x'),
    () => new WebSocket(`${foreign.replace('http', 'ws')}/socket`),
    () => new WebTransport(`${foreign.replace('http', 'https')}/transport`).ready,
    () => new EventSource(`${foreign}/events`),
    () => {
      const request = new XMLHttpRequest();
      request.open('POST', `${foreign}/xhr`);
      request.send('x');
    },
    () => {
      new Image().src = `${foreign}/image`;
    },
    () => new FontFace('x', `url(${foreign}/font)`).load(),
    () => {
      document.body.style.backgroundImage = `url(${foreign}/background)`;
    },
    () => import(/* @vite-ignore */ `${foreign}/import.js`),
    () => import(/* @vite-ignore */ dataScript).then(() => fetch(`${foreign}/data`)),
    () => new Worker(`${foreign}/worker.js`),
    () => new SharedWorker(`${foreign}/shared-worker.js`),
    () => navigator.serviceWorker.register(`${foreign}/sw.js`),
    () => {
      navigator.serviceWorker.controller?.postMessage({ fetch: `${foreign}/by-sw` });
    },
    () => askStun(RTCPeerConnection),
    () => open(`${foreign}/open`),
  ];
  const elements: [string, Record<string, string>][] = [
    ['link', { rel: 'stylesheet', href: '/style' }],
    ['link', { rel: 'prefetch', href: '/prefetch' }],
    ['link', { rel: 'prerender', href: '/prerender' }],
    ['link', { rel: 'preload', as: 'fetch', href: '/preload' }],
    ['link', { rel: 'preconnect', href: '/preconnect' }],
    ['link', { rel: 'modulepreload', href: '/modulepreload' }],
    ['link', { rel: 'manifest', href: '/manifest' }],
    ['link', { rel: 'icon', href: '/icon' }],
    ['script', { src: '/script' }],
    ['iframe', { src: '/frame' }],
    ['video', { src: '/video' }],
    ['video', { poster: '/poster' }],
    ['audio', { src: '/audio' }],
    ['object', { data: '/object' }],
    ['embed', { src: '/embed' }],
    ['img', { srcset: '/srcset' }],
    ['input', { type: 'image', src: '/input' }],
    ['base', { href: '/base/' }],
  ];
  for (const [name, attributes] of elements) {
    ways.push(() => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) {
        element.setAttribute(key, value.startsWith('/') ? foreign + value : value);
      }
      document.head.append(element);
    });
  }
  ways.push(() => {
    const preload = document.createElement('link');
    Object.assign(preload, { rel: 'preload', as: 'fetch', href: `${foreign}/preload-by-property` });
    document.head.append(preload);
  });
  ways.push(() => {
    const preload = document.createElement('link');
    Object.assign(preload, { rel: 'preload', as: 'font', href: `${foreign}/preload-by-attribute` });
    const as = preload.getAttributeNode('as');
    if (as !== null) as.value = 'fetch';
    document.head.append(preload);
  });
  ways.push(() => {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = `${foreign}/form`;
    document.body.append(form);
    form.submit();
  });
  // An empty frame has a window of its own, with everything that was taken from the page's.
  ways.push(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow as (Window & typeof globalThis) | null;
    await inner?.fetch(`${foreign}/frame-fetch`, { mode: 'no-cors' }).catch(() => {});
    if (inner === null) return;
    await askStun(inner.RTCPeerConnection);
  });
  for (const way of ways) {
    try {
      await Promise.race([way(), new Promise((resolve) => setTimeout(resolve, 500))]);
    } catch {
      // Refused.
    }
  }
});

/** The ways that would leave the page, without waiting for what comes of them. */
export const tryToLeave = asText((foreign: string): void => {
  const link = (path: string) => {
    const made = document.createElement('a');
    made.href = foreign + path;
    return made;
  };
  const inPage = (path: string) => {
    const made = link(path);
    document.body.append(made);
    return made;
  };
  const ways: (() => void)[] = [
    () => Object.assign(inPage('/download'), { download: 'x' }).click(),
    () => Object.assign(inPage('/new-tab'), { target: '_blank' }).click(),
    () => Object.assign(link('/detached'), { target: '_blank' }).click(),
    () => {
      const child = document.createElement('b');
      const parent = Object.assign(inPage('/child'), { target: '_blank' });
      parent.append(child);
      child.click();
    },
    () => {
      const dispatched = Object.assign(inPage('/dispatched'), { target: '_blank' });
      dispatched.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    },
    () => {
      const drawn = document.createElementNS('http://www.w3.org/2000/svg', 'a');
      drawn.setAttribute('href', `${foreign}/drawn`);
      drawn.setAttribute('target', '_blank');
      document.body.append(drawn);
      drawn.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    },
    () => Object.assign(inPage('/ping'), { ping: `${foreign}/pinged` }).click(),
    () => {
      const refresh = document.createElement('meta');
      refresh.httpEquiv = 'refresh';
      refresh.content = `0; url=${foreign}/refresh`;
      document.head.append(refresh);
    },
    () => {
      location.href = `${foreign}/navigation`;
    },
  ];
  for (const way of ways) {
    try {
      way();
    } catch {
      // Refused.
    }
  }
});

/** Returns the ways that work in the worker, of which there must be none. */
export const tryWaysOfWorker = asText(async (foreign: string): Promise<string[]> => {
  const dataScript = 'data:text/javascript,export default 1';
  const worked: string[] = [];
  const blobOf = (text: string) =>
    URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const opened = (target: EventTarget) =>
    new Promise((resolve, reject) => {
      target.addEventListener('open', resolve);
      target.addEventListener('error', reject);
    });
  const ways: Record<string, () => unknown> = {
    fetch: () => fetch(`${foreign}/worker-fetch`, { mode: 'no-cors' }),
    // Later, because the tool that runs this may do for it what the policy forbids.
    eval: () =>
      new Promise((resolve, reject) => {
        setTimeout(() => {
          try {
            resolve(Reflect.construct(Function, ['return 1'])());
          } catch (error) {
            reject(error);
          }
        });
      }),
    'data: import': () => import(/* @vite-ignore */ dataScript),
    'blob: import': () => import(/* @vite-ignore */ blobOf('export default 1')),
    'blob: worker': () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(blobOf('postMessage(1)'));
        worker.onmessage = resolve;
        worker.onerror = reject;
      }),
    'foreign import': () => import(/* @vite-ignore */ `${foreign}/worker-import.js`),
    xhr: () =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.onload = resolve;
        request.onerror = reject;
        request.open('POST', `${foreign}/worker-xhr`);
        request.send('x');
      }),
    socket: () => opened(new WebSocket(`${foreign.replace('http', 'ws')}/worker-socket`)),
    events: () => opened(new EventSource(`${foreign}/worker-events`)),
    transport: () => new WebTransport(`${foreign.replace('http', 'https')}/worker-transport`).ready,
  };
  for (const [name, way] of Object.entries(ways)) {
    try {
      await way();
      worked.push(name);
    } catch {
      // Refused.
    }
  }
  return worked;
});
