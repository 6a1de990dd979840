/** Which tweet of a pair a key chooses. */
import type { Side } from '../../state/quiz.ts';

/** The arrows point to where the tweets stand: the first one is on the right if the page runs from there. */
export function sideOfKey(key: string, direction: 'ltr' | 'rtl'): Side | undefined {
  const isReversed = direction === 'rtl';
  if (key === '1' || key === (isReversed ? 'ArrowRight' : 'ArrowLeft')) return 0;
  if (key === '2' || key === (isReversed ? 'ArrowLeft' : 'ArrowRight')) return 1;
  return undefined;
}
