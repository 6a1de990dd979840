/** The recorder of requests, on a page that misbehaves: what it can't see, no test would fail on. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Session } from '../support/drive-page.ts';
import { answerOf } from '../support/patience.ts';
import { openPage } from './open-page.ts';

let own: Server;
let foreign: Server;
let session: Session;

function listen(body: string): Promise<Server> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end(body);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const addressOf = (server: Server) => `127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeEach(async () => {
  foreign = await listen('foreign');
  own = await listen('<!doctype html><link rel="icon" href="data:,"><p>Own</p>');
  session = await openPage(`http://${addressOf(own)}/`);
});

afterEach(async () => {
  await session.close();
  for (const server of [own, foreign]) {
    server.closeAllConnections();
    server.close();
  }
});

test('requests and WebSockets of pages and workers are seen, and told from the own ones', async () => {
  const asked = session.page.evaluate(async (there) => {
    await fetch('/own');
    await fetch(`http://${there}/from-page`);
    const opened = (url: string) =>
      new Promise((resolve) => {
        new WebSocket(url).onerror = resolve;
      });
    await opened(`ws://${there}/socket-from-page`);
    const script = `fetch('http://${there}/from-worker').then(() => {
      new WebSocket('ws://${there}/socket-from-worker').onerror = () => postMessage('done');
    })`;
    const worker = new Worker(URL.createObjectURL(new Blob([script])));
    await new Promise((resolve) => {
      worker.onmessage = resolve;
    });
  }, addressOf(foreign));
  await answerOf('the ends of its requests', asked);
  const second = await session.context.newPage();
  await second.goto(`http://${addressOf(foreign)}/second-page`);

  const path = (url: string) => new URL(url).pathname;
  const foreignPaths = () =>
    session.foreignRequests.map(path).filter((name) => name !== '/favicon.ico');
  await expect
    .poll(() => foreignPaths().toSorted())
    .toEqual([
      '/from-page',
      '/from-worker',
      '/second-page',
      '/socket-from-page',
      '/socket-from-worker',
    ]);
  expect(session.requests.map(({ url }) => path(url))).toContain('/own');
});

test('what reaches the console is a complaint, from workers too', async () => {
  const complained = session.page.evaluate(async () => {
    console.warn('from the page');
    setTimeout(() => {
      throw new Error('nobody catches this');
    });
    const script = `console.error('from a worker'); postMessage('done')`;
    const worker = new Worker(URL.createObjectURL(new Blob([script])));
    await new Promise((resolve) => {
      worker.onmessage = resolve;
    });
  });
  await answerOf('the end of its worker', complained);
  await expect
    .poll(() => session.complaints.toSorted())
    .toEqual(['error: from a worker', 'uncaught: nobody catches this', 'warning: from the page']);
});
