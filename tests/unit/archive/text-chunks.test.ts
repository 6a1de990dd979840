/** Bytes become text in pieces that are short enough for the memory of short-lived objects. */
import { expect, test } from 'vitest';
import { readText } from '../../../src/archive/opening/text-chunks.ts';

test('a long chunk is read in short pieces, and no character is cut', async () => {
  const text = 'a printer, 日本 and 🐦. '.repeat(12_000);
  const bytes = new TextEncoder().encode(text);
  const pieces: string[] = [];
  const arrived: number[] = [];
  let handedOn = 0;
  for await (const { text: piece, bytesRead } of readText(new Blob([bytes]).stream())) {
    pieces.push(piece);
    arrived.push(bytesRead);
    handedOn += new TextEncoder().encode(piece).length;
    // The decoder may keep the beginning of a character.
    expect(bytesRead).toBeLessThanOrEqual(handedOn + 3);
  }
  expect(pieces.join('')).toBe(text);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(32 * 1024);
  expect(arrived.at(-1)).toBe(bytes.length);
  expect(arrived.toSorted((a, b) => a - b)).toEqual(arrived);
});
