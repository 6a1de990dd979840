/**
 * The words of a tweet, one of which is chosen: by pressing it, or with the arrow keys. How surprising each was is
 * said by its ground and by the line under it.
 */
import { useRef } from 'preact/hooks';
import type { CertaintyPiece } from '../../protocol/certainty.ts';
import { certainty } from '../texts/en/certainty.ts';
import { messages } from '../texts/messages.ts';
import { nameOfToken } from './token-name.ts';
import { levelOf, probabilityOf } from './surprise.ts';

const texts = messages('certainty', certainty);

interface CertaintyWordsProps {
  /** The last one may be the end of the tweet, whose text is empty. */
  readonly pieces: readonly CertaintyPiece[];
  /** How many of them are in the user's start. */
  readonly prompt: number;
  readonly chosen: number;
  readonly onChosen: (index: number) => void;
}

export function CertaintyWords({ pieces, prompt, chosen, onChosen }: CertaintyWordsProps) {
  const group = useRef<HTMLFieldSetElement>(null);
  function choose(index: number): void {
    const next = Math.min(pieces.length - 1, Math.max(0, index));
    onChosen(next);
    group.current?.querySelectorAll('button')[next]?.focus();
  }
  return (
    <>
      <fieldset
        ref={group}
        class="certainty-words"
        dir="auto"
        aria-label={texts.words}
        onKeyDown={(event) => {
          const isReversed = getComputedStyle(event.currentTarget).direction === 'rtl';
          const forward = isReversed ? 'ArrowLeft' : 'ArrowRight';
          const back = isReversed ? 'ArrowRight' : 'ArrowLeft';
          const steps = new Map([
            [forward, chosen + 1],
            ['ArrowDown', chosen + 1],
            [back, chosen - 1],
            ['ArrowUp', chosen - 1],
            ['Home', 0],
            ['End', pieces.length - 1],
          ]);
          const next = steps.get(event.key);
          if (next === undefined) return;
          event.preventDefault();
          choose(next);
        }}
      >
        {pieces.map((piece, index) => (
          <Word
            key={index}
            piece={piece}
            isPrompt={index < prompt}
            isChosen={index === chosen}
            onChosen={() => choose(index)}
          />
        ))}
      </fieldset>
      <ul class="certainty-legend" aria-label={texts.legend}>
        {texts.levels.map((words, level) => (
          <li key={level}>
            <span class={`certainty-word surprise-${level}`}>abc</span> {words}
          </li>
        ))}
      </ul>
    </>
  );
}

interface WordProps {
  readonly piece: CertaintyPiece;
  readonly isPrompt: boolean;
  readonly isChosen: boolean;
  readonly onChosen: () => void;
}

function Word({ piece, isPrompt, isChosen, onChosen }: WordProps) {
  const isEnd = piece.text === '';
  // The space before a word isn't a part of what is marked.
  const [, space = '', word = ''] = /^(\s*)(.*)$/s.exec(piece.text) ?? [];
  const level = isPrompt ? 0 : levelOf(probabilityOf(piece));
  return (
    <>
      {word === '' ? null : space}
      <button
        type="button"
        class={`certainty-word surprise-${level}${isPrompt ? ' certainty-prompt' : ''}${isEnd ? ' certainty-end' : ''}`}
        aria-pressed={isChosen}
        tabIndex={isChosen ? 0 : -1}
        aria-label={word === '' && !isEnd ? nameOfToken(piece.text) : undefined}
        onClick={onChosen}
      >
        {isEnd ? texts.endOfTweet : word === '' ? space : word}
      </button>
    </>
  );
}
