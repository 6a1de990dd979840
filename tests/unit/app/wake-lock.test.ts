/** The screen stays on while a bot trains and the page is seen. The browser's side is a stand-in. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdScreenAwake } from '../../../src/app/wake-lock.ts';

/** How many locks are held. */
let held = 0;
/** How often a lock was asked for. */
let asked = 0;
let isRefused = false;
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });

/** What the browser does when the page is hidden: it takes every lock back. */
function show(isVisible: boolean): void {
  page.visibilityState = isVisible ? 'visible' : 'hidden';
  if (!isVisible) held = 0;
  page.dispatchEvent(new Event('visibilitychange'));
}

async function request() {
  asked++;
  if (isRefused) throw new DOMException('', 'NotAllowedError');
  held++;
  let isReleased = false;
  const release = async () => {
    if (!isReleased && held > 0) held--;
    isReleased = true;
  };
  return { release };
}

beforeEach(() => {
  held = 0;
  asked = 0;
  isRefused = false;
  page.visibilityState = 'visible';
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { wakeLock: { request } });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('is held until it is let go, and again when the page is seen again', async () => {
  const letGo = holdScreenAwake();
  await vi.waitUntil(() => held === 1);
  show(false);
  expect(held).toBe(0);
  show(true);
  await vi.waitUntil(() => held === 1);
  letGo();
  await vi.waitUntil(() => held === 0);
  show(false);
  show(true);
  await Promise.resolve();
  expect(held).toBe(0);
});

test('is let go by a training that ends before the browser has given it', async () => {
  holdScreenAwake()();
  expect(asked).toBe(1);
  await new Promise((resolve) => setTimeout(resolve));
  expect(held).toBe(0);
});

test('is not asked for while the page is hidden', () => {
  page.visibilityState = 'hidden';
  const letGo = holdScreenAwake();
  expect(asked).toBe(0);
  letGo();
});

test('does no harm where it is refused or absent', async () => {
  isRefused = true;
  const letGo = holdScreenAwake();
  // What is rejected and never caught fails the test.
  await new Promise((resolve) => setTimeout(resolve));
  letGo();
  expect(asked).toBe(1);
  vi.stubGlobal('navigator', {});
  holdScreenAwake()();
});
