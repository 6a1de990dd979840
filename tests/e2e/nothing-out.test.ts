/** Code that got into the page or its worker tries every way of sending something to another host. */

import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCounts, type Session, trySample } from '../support/drive-page.ts';
import { type Site, serveSite } from '../support/serve-site.ts';
import { openPage } from './open-page.ts';

let received: string[];
let tcp: ReturnType<typeof createServer>;
let udp: ReturnType<typeof createSocket>;
let port: number;
let site: Site | null = null;
let session: Session | null = null;

beforeEach(async () => {
  received = [];
  // Whatever connects is counted, whether it speaks HTTP or not. WebRTC's packets come by UDP.
  tcp = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      received.push(data.toString('latin1').split('\r\n')[0] ?? '');
      socket.end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  port = (tcp.address() as { port: number }).port;
  udp = createSocket('udp4', () => received.push('a packet of WebRTC'));
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve));
});

afterEach(async () => {
  await session?.close();
  await site?.unplug();
  tcp.close();
  udp.close();
});

/** Sent as text. Each way is tried on its own, and may end in an error or be ignored. */
async function tryWaysOfPage(foreign: string): Promise<void> {
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
  const ways: (() => unknown)[] = [
    () => fetch(`${foreign}/fetch`, { mode: 'no-cors' }),
    () => navigator.sendBeacon(`${foreign}/beacon`, 'x'),
    () => new WebSocket(`${foreign.replace('http', 'ws')}/socket`),
    () => new EventSource(`${foreign}/events`),
    () => {
      const request = new XMLHttpRequest();
      request.open('POST', `${foreign}/xhr`);
      request.send('x');
    },
    () => {
      new Image().src = `${foreign}/image`;
    },
    () => import(/* @vite-ignore */ `${foreign}/import.js`),
    () => import(/* @vite-ignore */ dataScript).then(() => fetch(`${foreign}/data`)),
    () => new Worker(`${foreign}/worker.js`),
    () => navigator.serviceWorker.register(`${foreign}/sw.js`),
    () => {
      navigator.serviceWorker.controller?.postMessage({ fetch: `${foreign}/by-sw` });
    },
    () => askStun(RTCPeerConnection),
    () => open(`${foreign}/open`),
    () => {
      location.href = `${foreign}/navigation`;
    },
  ];
  const elements: [string, Record<string, string>][] = [
    ['link', { rel: 'stylesheet', href: '/style' }],
    ['link', { rel: 'prefetch', href: '/prefetch' }],
    ['link', { rel: 'preload', as: 'fetch', href: '/preload' }],
    ['link', { rel: 'preconnect', href: '/preconnect' }],
    ['link', { rel: 'modulepreload', href: '/modulepreload' }],
    ['link', { rel: 'icon', href: '/icon' }],
    ['script', { src: '/script' }],
    ['iframe', { src: '/frame' }],
    ['video', { src: '/video' }],
    ['object', { data: '/object' }],
    ['embed', { src: '/embed' }],
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
}

/** Returns the ways that work in the worker, of which there must be none. Sent as text. */
async function tryWaysOfWorker(foreign: string): Promise<string[]> {
  const dataScript = 'data:text/javascript,export default 1';
  const worked: string[] = [];
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
    'foreign import': () => import(/* @vite-ignore */ `${foreign}/worker-import.js`),
    socket: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${foreign.replace('http', 'ws')}/worker-socket`);
        socket.onerror = reject;
        socket.onopen = resolve;
      }),
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
}

test.each([
  ['sends headers', false],
  ['sends no headers', true],
])('nothing gets out on the first visit, on a host that %s', async (_host, isBare) => {
  site = await serveSite({ isBare });
  session = await openPage(site.url);
  const { page } = session;
  await trySample(page);
  expect((await readCounts(page)).kept).toBeGreaterThan(0);
  const foreign = `http://127.0.0.1:${port}`;
  // The first worker is the engine's. The others are its WASM threads, which are blocked and run nothing else.
  const [engine] = page.workers();
  if (engine === undefined) throw new Error('the page has no engine');
  expect(await engine.evaluate(tryWaysOfWorker, foreign)).toEqual([]);
  await page.evaluate(tryWaysOfPage, foreign);
  // By the time the server has answered this, it has seen whatever was sent before.
  await page.request.get(`${foreign}/the-last`);
  expect(received).toEqual(['GET /the-last HTTP/1.1']);
});
