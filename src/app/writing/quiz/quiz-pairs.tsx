/** The pair on show: two tweets to choose from, and after the choice which one is real. */
import { useEffect, useRef } from 'preact/hooks';
import type { RunSummary } from '../../../protocol/bots.ts';
import type { QuizPair } from '../../../protocol/quiz.ts';
import { chooseReal, nextPair, presentStreak, type QuizGame, type Side } from '../../state/quiz.ts';
import { Icon } from '../../ui/icons.tsx';
import { FirstButton } from './first-button.tsx';
import { sideOfKey } from './side-of-key.ts';
import { language } from '../../texts/language.ts';
import { quiz as quizRoom } from '../../texts/en/quiz.ts';
import { messages } from '../../texts/messages.ts';

const texts = messages('quiz', quizRoom);

interface QuizPairsProps {
  readonly run: RunSummary;
  readonly game: Extract<QuizGame, { readonly kind: 'playing' }>;
}

const SIDES: readonly Side[] = [0, 1];

export function QuizPairs({ run, game }: QuizPairsProps) {
  const { quiz, answers, chosen } = game;
  const of = quiz.pairs.length;
  const at = chosen === null ? answers.length : answers.length - 1;
  const pair = quiz.pairs[at];
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const side = sideOfKey(event.key, language().direction);
      if (side === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      chooseReal(side);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  if (pair === undefined) return null;
  const right = answers.filter(Boolean).length;
  return (
    <div class="quiz">
      <div class="quiz-head">
        <p>
          <b>{texts.pair(at + 1, of)}</b>
        </p>
        <p class="quiet">
          <span>{texts.tally(right, answers.length)}</span>
          <span>{texts.streak(presentStreak(answers))}</span>
        </p>
      </div>
      <Trail answers={answers} of={of} />
      {chosen === null ? (
        <Question key={at} pair={pair} />
      ) : (
        <div class="quiz-pair">
          {SIDES.map((side) => (
            <Revealed key={side} pair={pair} side={side} isChosen={chosen === side} />
          ))}
        </div>
      )}
      {/* The page's own region for news is out of reach while a dialog is open. */}
      <p class="quiz-verdict" role="status">
        {chosen === null ? '' : verdict(pair, chosen)}
      </p>
      {chosen === null ? (
        <p class="quiet">{texts.keys}</p>
      ) : (
        <FirstButton key={at} onClick={() => void nextPair(run)}>
          {answers.length < of ? texts.next : texts.finish}
        </FirstButton>
      )}
    </div>
  );
}

function verdict({ real }: QuizPair, chosen: Side): string {
  return chosen === real ? texts.right(real) : texts.wrong(real);
}

function Question({ pair }: { pair: QuizPair }) {
  const question = useRef<HTMLHeadingElement>(null);
  // From here, a screen reader reads on to both tweets.
  useEffect(() => question.current?.focus(), []);
  return (
    <>
      <h3 ref={question} class="quiz-question" tabIndex={-1}>
        {texts.question}
      </h3>
      <div class="quiz-pair">
        {SIDES.map((side) => (
          <button
            key={side}
            type="button"
            class="quiz-tweet quiz-choice"
            aria-label={texts.choice(side, pair.texts[side])}
            onClick={() => chooseReal(side)}
          >
            <kbd>{side + 1}</kbd>
            <span class="tweet-text" dir="auto">
              {pair.texts[side]}
            </span>
          </button>
        ))}
      </div>
    </>
  );
}

interface RevealedProps {
  readonly pair: QuizPair;
  readonly side: Side;
  readonly isChosen: boolean;
}

function Revealed({ pair, side, isChosen }: RevealedProps) {
  const isReal = pair.real === side;
  return (
    <div class={isReal ? 'quiz-tweet quiz-real' : 'quiz-tweet'}>
      <p class="quiz-badges">
        <span class={isReal ? 'quiz-badge-real' : 'bot-badge'}>
          {isReal ? <Icon name="check" /> : null}
          {isReal ? texts.real : texts.bot}
        </span>
        {isChosen ? <span class="quiet">{texts.chosen}</span> : null}
      </p>
      <blockquote class="tweet-text" dir="auto">
        {pair.texts[side]}
      </blockquote>
    </div>
  );
}

/** A mark for each pair, which the text beside it says too. */
export function Trail({ answers, of }: { answers: readonly boolean[]; of: number }) {
  return (
    <div class="quiz-trail" aria-hidden="true">
      {Array.from({ length: of }, (_, i) => {
        const isRight = answers[i];
        const outcome =
          isRight === undefined ? '' : isRight ? 'quiz-mark-right' : 'quiz-mark-wrong';
        return (
          <span key={i} class={`quiz-mark ${outcome}`}>
            {isRight === undefined ? null : <Icon name={isRight ? 'check' : 'close'} />}
          </span>
        );
      })}
    </div>
  );
}
