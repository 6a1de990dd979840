/** Strings in all scripts of Unicode, the same for the same seed. */

import { must } from '../../src/core/assert.ts';
import { randomUnit } from '../../src/core/random.ts';

/** Characters lie together by script: a block of this many has one script, or two. */
const BLOCK = 128;
const SPACES = [' ', ' ', ' ', ' ', '  ', '\n', '\t', '\u00a0', '\u3000'];
const FILLERS = [
  "'s",
  "'ll",
  '’t',
  '123',
  '!?',
  '…',
  ' #tag',
  ' @name',
  '\u200d',
  '\ufe0f',
  '\u0301',
];

function assignedBlocks(): string[][] {
  const blocks: string[][] = [];
  for (let begin = 0; begin <= 0x10ffff; begin += BLOCK) {
    const characters = Array.from({ length: BLOCK }, (_, i) => begin + i)
      .map((code) => (code >= 0xd800 && code < 0xe000 ? '' : String.fromCodePoint(code)))
      .filter((character) => /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character));
    if (characters.length > 0) blocks.push(characters);
  }
  return blocks;
}

/**
 * Each string has its words from one block of characters, and some from any other. Blocks take turns, so that
 * none is left out. Every other string is from one that is neither Chinese nor Korean, because these are fewer.
 */
export function stringsOfAllScripts(count: number, seed: number): string[] {
  const blocks = assignedBlocks();
  const smaller = blocks.filter(([first = '']) => !/[\p{sc=Han}\p{sc=Hangul}]/u.test(first));
  return Array.from({ length: count }, (_, index) => {
    let draws = 0;
    const draw = (below: number) => Math.floor(below * randomUnit(seed, index, draws++, 0));
    const pick = <T>(from: readonly T[]): T => must(from[draw(from.length)], 'a choice');
    const turns = index % 2 === 0 ? blocks : smaller;
    const home = must(turns[(index >> 1) % turns.length], 'a block');
    let text = '';
    for (let words = 1 + draw(6); words > 0; words--) {
      const block = draw(4) === 0 ? pick(blocks) : home;
      for (let length = 1 + draw(8); length > 0; length--) text += pick(block);
      if (draw(4) === 0) text += pick(FILLERS);
      if (words > 1 || draw(8) === 0) text += pick(SPACES);
    }
    return text;
  });
}
