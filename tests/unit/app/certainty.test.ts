/** What the page makes of probabilities and attention weights. */

import { expect, test } from 'vitest';
import { meanAttention } from '../../../src/app/writing/mean-attention.ts';
import {
  levelOf,
  perplexityOf,
  piecesOfPrompt,
  probabilityOf,
  surpriseOf,
} from '../../../src/app/writing/surprise.ts';
import { nameOfToken } from '../../../src/app/writing/token-name.ts';
import type { CertaintyPiece } from '../../../src/protocol/certainty.ts';

function piece(text: string, ...probabilities: readonly number[]): CertaintyPiece {
  const chance = { text, isPart: false, settingsProbability: 0, rank: 1, runnersUp: [] };
  return { text, steps: probabilities.map((probability) => ({ ...chance, probability })) };
}

test('surprise is in bits, and a probability that underflows is still a number', () => {
  expect(surpriseOf(1)).toBeCloseTo(0);
  expect(surpriseOf(1 / 8)).toBe(3);
  expect(Number.isFinite(surpriseOf(0))).toBe(true);
});

test('there are five levels of surprise', () => {
  expect([1, 0.5, 0.49, 0.1, 0.09, 0.01, 0.009, 0.001, 0.0009, 0].map(levelOf)).toEqual([
    0, 0, 1, 1, 2, 2, 3, 3, 4, 4,
  ]);
});

test('the tokens of a piece and of a text come one after the other', () => {
  expect(probabilityOf(piece('🐦', 0.5, 0.25))).toBe(0.125);
  expect(perplexityOf([piece('a', 0.5), piece('🐦', 0.5, 1 / 16)])).toBeCloseTo(4);
  expect(perplexityOf([])).toBeNull();
});

test('the pieces of the start are those that lie in it as a whole', () => {
  const pieces = [piece('My', 1), piece(' dream', 1), piece(' is', 1), piece(' to', 1)];
  expect(piecesOfPrompt(pieces, 'My dream is')).toBe(3);
  expect(piecesOfPrompt(pieces, ' My dream ')).toBe(2);
  expect(piecesOfPrompt(pieces, 'My dre')).toBe(1);
  expect(piecesOfPrompt(pieces, '')).toBe(0);
  // The text was edited.
  expect(piecesOfPrompt(pieces, 'Your dream is')).toBe(0);
});

test('attention is averaged over the layers and heads that are chosen, and summed by piece', () => {
  // 2 layers, 2 heads; the start and three tokens, of which the last two are one character.
  const weights = Float32Array.of(
    ...[1, 0, 0, 0],
    ...[0, 1, 0, 0],
    ...[0, 0, 0.5, 0.5],
    ...[0.25, 0.25, 0.25, 0.25],
  );
  const attention = { layers: 2, heads: 2, weights };
  const before = [piece('a', 1), piece('🐦', 1, 1)];
  expect(meanAttention(attention, before, null, null)).toEqual([0.3125, 0.3125, 0.375]);
  expect(meanAttention(attention, before, 0, null)).toEqual([0.5, 0.5, 0]);
  expect(meanAttention(attention, before, null, 0)).toEqual([0.5, 0, 0.5]);
  expect(meanAttention(attention, before, 1, 0)).toEqual([0, 0, 1]);
});

test('what can’t be shown as it is has a name', () => {
  expect(nameOfToken(null)).toBe('end of the tweet');
  expect(nameOfToken('\n')).toBe('line break');
  expect(nameOfToken(' ')).toBe('space');
  expect(nameOfToken('\uFFFD', true)).toBe('part of a character');
  expect(nameOfToken(' word')).toBe(' word');
});
