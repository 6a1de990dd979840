/** A page that the system ends again and again in the middle of a training offers something smaller. */

import { beforeEach, expect, test, vi } from 'vitest';
import {
  isLostOften,
  noteAtRest,
  noteAtWork,
  noticeLostPage,
} from '../../../src/app/state/lost-pages.ts';

const stored = new Map<string, string>();

beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  noticeLostPage();
});

/** Trains in a page that is gone without a word, and opens the next one. */
function losePage(runId: string): void {
  noteAtWork(runId);
  noticeLostPage();
}

test('the third time, and only for this run', () => {
  losePage('a');
  losePage('a');
  expect(isLostOften('a')).toBe(false);
  losePage('a');
  expect(isLostOften('a')).toBe(true);
  expect(isLostOften('b')).toBe(false);
  losePage('b');
  expect(isLostOften('b')).toBe(false);
});

test('not if the training had ended or the user has left the page', () => {
  for (let time = 0; time < 5; time++) {
    noteAtWork('a');
    noteAtRest();
    noticeLostPage();
  }
  expect(isLostOften('a')).toBe(false);
});

test('what is stored is foreign', () => {
  for (const text of ['', '{', '7', '{"runId":"a","losses":-9,"isAtWork":1}']) {
    for (const key of stored.keys()) stored.set(key, text);
    noticeLostPage();
    expect(isLostOften('a')).toBe(false);
  }
});
