/**
 * Step 3: the user starts a tweet, the bot writes several versions of it, and the user keeps the good
 * ones.
 */
import { MAX_TWEET_CHARACTERS } from '../../domain/tweet-text.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import { countCharacters, formatCount } from '../format.ts';
import { LABELS } from '../labels.ts';
import { fileStem } from '../../domain/file-stem.ts';
import { activity } from '../state/activity.ts';
import { restartEngine } from '../state/boot.ts';
import { isEngineReady } from '../state/engine.ts';
import { selectedRun } from '../state/runs.ts';
import { showLibrary } from '../state/steps.ts';
import {
  batch,
  dismissWritingError,
  handleOf,
  prompt,
  style,
  writeTweets,
  writingError,
  writingJob,
} from '../state/writing.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Bird } from '../ui/bird.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import { Step } from '../ui/step.tsx';
import { TakeAll } from './take-all.tsx';
import { KeptTweets } from './kept-tweets.tsx';
import { TweetCard } from './tweet-card.tsx';
import { WriteAdvanced } from './write-advanced.tsx';

export function WriteStep() {
  const run = selectedRun.value;
  const writer = run?.canGenerate === true && activity.value !== 'training' ? run : null;
  return (
    <Step
      name="write"
      number={3}
      title="Write"
      state={writer === null ? 'waiting' : 'active'}
      summary={writer === null ? waitingLine() : null}
      canFold={false}
    >
      {writer === null ? null : <Writer run={writer} />}
    </Step>
  );
}

function waitingLine(): string {
  return activity.value === 'training'
    ? 'Available when training is done. Pause training to write earlier.'
    : 'Your bot will write new tweets in your voice, even offline.';
}

function Writer({ run }: { run: RunSummary }) {
  return (
    <>
      <Composer run={run} />
      <WriteAdvanced />
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
      <Batch run={run} />
      <KeptTweets />
    </>
  );
}

function Composer({ run }: { run: RunSummary }) {
  const writeButton = useFocusWhenLost<HTMLButtonElement>();
  const job = writingJob.value;
  const handle = handleOf(run);
  const write = () => {
    if (isEngineReady.value) void writeTweets(run);
  };
  return (
    <div class="composer">
      <div class="composer-perch">
        <Bird mood={job === null ? 'idle' : 'talking'} />
      </div>
      <div class="composer-top">
        <Avatar bot={run} />
        <div class="composer-main">
          <p class="composer-as">
            <b>{run.name}</b>
            {handle === null || handle === run.name ? null : <span> {handle}</span>}
            <span class="bot-badge">AI</span>
          </p>
          <textarea
            class="composer-text"
            rows={2}
            aria-label={LABELS.prompt}
            placeholder="Start the tweet, or leave it empty"
            maxLength={MAX_TWEET_CHARACTERS}
            value={prompt.value}
            onInput={(event) => {
              // A tweet ends at its first line break, so the prompt has only one line.
              prompt.value = event.currentTarget.value.replaceAll(/\s*\n\s*/g, ' ');
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.isComposing) return;
              event.preventDefault();
              write();
            }}
          />
        </div>
      </div>
      <div class="composer-bar">
        <span class="composer-count">
          {formatCount(countCharacters(prompt.value))}/{MAX_TWEET_CHARACTERS}
        </span>
        {job !== null ? (
          <button type="button" class="button" onClick={job.cancel}>
            <Icon name="stop" />
            {job.isStopping ? 'Stopping…' : LABELS.stopWriting}
          </button>
        ) : (
          <button
            ref={writeButton}
            type="button"
            class="button button-primary"
            disabled={!isEngineReady.value || activity.value !== null}
            onClick={write}
          >
            {LABELS.writeTweets(style.value.count)}
          </button>
        )}
      </div>
    </div>
  );
}

function Batch({ run }: { run: RunSummary }) {
  const current = batch.value;
  if (current === null) return null;
  const isWriting = writingJob.value !== null;
  return (
    <>
      {current.isStopped ? <p class="quiet">Stopped.</p> : null}
      {current.tweets.length === 0 ? null : (
        <ul class="tweets" aria-label={LABELS.newTweets} aria-busy={isWriting}>
          {current.tweets.map((tweet, index) => (
            <TweetCard
              // A card keeps its place in the batch while its text grows.
              key={index}
              bot={run}
              tweet={tweet}
              batch={current}
              isLoading={writingJob.value?.phase !== 'writing' && !tweet.isDone}
            />
          ))}
        </ul>
      )}
      {isWriting || current.tweets.length < 2 ? null : (
        <TakeAll
          tweets={current.tweets.map(({ text }) => text)}
          fileName={`${fileStem(run.name, 'my')}-bot-tweets.txt`}
        />
      )}
    </>
  );
}
