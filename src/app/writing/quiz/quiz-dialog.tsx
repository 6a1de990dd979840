/** The dialog in which “Real or bot?” is played. Everything in it can be done with the keyboard alone. */
import type { RunSummary } from '../../../protocol/bots.ts';
import { restartEngine } from '../../state/boot.ts';
import { closeQuiz, type QuizGame, quizError, quizGame, startQuiz } from '../../state/quiz.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { PerchedProgress } from '../../ui/perched-progress.tsx';
import './quiz.css';
import { FirstButton } from './first-button.tsx';
import { QuizPairs } from './quiz-pairs.tsx';
import { QuizResult } from './quiz-result.tsx';
import { quiz as quizRoom } from '../../texts/en/quiz.ts';
import { messages } from '../../texts/messages.ts';

const texts = messages('quiz', quizRoom);

export function QuizDialog({ run }: { run: RunSummary }) {
  const game = quizGame.value;
  if (game === null) return null;
  return (
    <Dialog title={texts.title} onClose={closeQuiz}>
      {quizError.value === null ? null : (
        <ErrorNote
          error={quizError.value}
          actions={{
            'try-again': () => void startQuiz(run),
            'restart-engine': () => void restartEngine(),
          }}
          onDismiss={() => {
            quizError.value = null;
          }}
        />
      )}
      <Stage run={run} game={game} />
    </Dialog>
  );
}

function Stage({ run, game }: { run: RunSummary; game: QuizGame }) {
  switch (game.kind) {
    case 'intro':
      return (
        <>
          <p>{texts.howItGoes}</p>
          <p>{texts.howToRead}</p>
          <p>{texts.whoJudges}</p>
          <FirstButton onClick={() => void startQuiz(run)}>{texts.start}</FirstButton>
        </>
      );
    case 'preparing':
      return <Preparing {...game} />;
    case 'impossible':
      return (
        <p class="note note-info" role="status">
          {texts.impossible[game.reason]}
        </p>
      );
    case 'playing':
      return <QuizPairs run={run} game={game} />;
    case 'done':
      return <QuizResult run={run} answers={game.answers} />;
  }
}

function Preparing({ progress, cancel }: Extract<QuizGame, { readonly kind: 'preparing' }>) {
  const { phase, written, wanted } = progress ?? { phase: 'loading-model', written: 0, wanted: 1 };
  const line = phase === 'writing' ? texts.writing(written, wanted) : texts.loadingModel;
  return (
    <div class="quiz-preparing">
      <PerchedProgress
        mood="talking"
        label={texts.preparing}
        value={written / wanted}
        valueText={line}
      />
      <p class="quiet">{line}</p>
      <FirstButton onClick={cancel} isQuiet>
        {texts.cancel}
      </FirstButton>
    </div>
  );
}
