/** Where a bot writes: the form, and everything that it has written. */
import { useEffect } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import { AboutReadyBot } from '../ready/about-ready-bot.tsx';
import { restartEngine } from '../state/boot.ts';
import { comparison, endComparison } from '../state/compare.ts';
import { isFirstVisit } from '../state/first-visit.ts';
import { prepareWhenIdle } from '../state/prepare.ts';
import { writingBot } from '../state/runs.ts';
import { showLibrary } from '../state/steps.ts';
import { DEFAULT_STYLE, dismissWritingError, writeTweets, writingError } from '../state/writing.ts';
import { followWritten, writtenError } from '../state/written.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { LazyPart } from '../ui/lazy-part.tsx';
import { Composer } from './composer.tsx';
import { QuizTeaser } from './quiz/quiz-teaser.tsx';
import { UndoNote } from './undo-note.tsx';
import { WriteAdvanced } from './write-advanced.tsx';
import { WrittenTweets } from './written-tweets.tsx';

const loadVersus = () => import('./versus.tsx');

export function Studio({ run }: { run: RunSummary }) {
  useEffect(followWritten, []);
  useEffect(() => endComparison, [run.id]);
  useEffect(() => prepareWhenIdle(() => writingBot.value, DEFAULT_STYLE.count), []);
  return (
    <div class="studio">
      {/* The first screen has said it already. */}
      {run.isReadyMade && !isFirstVisit.value ? <AboutReadyBot /> : null}
      <Composer run={run} />
      <WriteAdvanced />
      <QuizTeaser run={run} />
      {writingError.value === null ? null : (
        <ErrorNote
          error={writingError.value}
          actions={{
            'try-again': () => void writeTweets(run),
            'restart-engine': () => void restartEngine(),
            'show-library': showLibrary,
          }}
          onDismiss={() => dismissWritingError(run)}
        />
      )}
      {writtenError.value === null ? null : (
        <ErrorNote
          error={writtenError.value}
          actions={{ 'restart-engine': () => void restartEngine(), 'show-library': showLibrary }}
          onDismiss={() => {
            writtenError.value = null;
          }}
        />
      )}
      {comparison.value === null ? null : (
        <LazyPart load={loadVersus}>{({ Versus }) => <Versus />}</LazyPart>
      )}
      <WrittenTweets run={run} />
      <UndoNote />
    </div>
  );
}
