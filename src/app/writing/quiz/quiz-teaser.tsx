/** Invites to “Real or bot?”, and says how it went so far. */
import { quizScore } from '../../../domain/quiz.ts';
import type { RunSummary } from '../../../protocol/bots.ts';
import { LABELS } from '../../labels.ts';
import { activity } from '../../state/activity.ts';
import { isEngineReady } from '../../state/engine.ts';
import { openQuiz, quizGame } from '../../state/quiz.ts';
import { LazyPart } from '../../ui/lazy-part.tsx';
import { quiz as quizRoom } from '../../texts/en/quiz.ts';
import { messages } from '../../texts/messages.ts';

const texts = messages('quiz', quizRoom);

const loadDialog = () => import('./quiz-dialog.tsx');

export function QuizTeaser({ run }: { run: RunSummary }) {
  const score = quizScore(run);
  return (
    <section class="quiz-teaser" aria-labelledby="quiz-teaser-title">
      <div>
        <h3 class="small-heading" id="quiz-teaser-title">
          {texts.title}
        </h3>
        <p class="quiet">{score === null ? texts.teaser : texts.score(score)}</p>
      </div>
      <button
        type="button"
        class="button button-small"
        aria-label={LABELS.playQuiz}
        disabled={!isEngineReady.value || (activity.value !== null && quizGame.value === null)}
        onClick={openQuiz}
      >
        {score === null ? texts.play : texts.playAgain}
      </button>
      {quizGame.value === null ? null : (
        <LazyPart load={loadDialog}>{({ QuizDialog }) => <QuizDialog run={run} />}</LazyPart>
      )}
    </section>
  );
}
