/** The ready-made bot in the first screen: a start, a button, and the tweets that it writes. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { MAX_TWEET_CHARACTERS } from '../../domain/tweet-text.ts';
import { chooseFiles } from '../data/choose-files.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { restartEngine } from '../state/boot.ts';
import { canAskEngine, enginePhase, isEngineReady } from '../state/engine.ts';
import {
  bringBackReadyBot,
  FIRST_TWEETS,
  isOpening,
  openingError,
  openWhenIdle,
  removeReadyBot,
  tryIt,
} from '../state/ready-bot.ts';
import { readyBot, writingBot } from '../state/runs.ts';
import { hidesReadyBot } from '../state/settings.ts';
import { dismissWritingError, prompt, writingError, writingJob } from '../state/writing.ts';
import { batchOf, followWritten, shownTweets } from '../state/written.ts';
import { ready } from '../texts/en/ready.ts';
import { messages } from '../texts/messages.ts';
import { Bird } from '../ui/bird.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Icon } from '../ui/icons.tsx';
import { LazyPart } from '../ui/lazy-part.tsx';
import { Drafts } from '../writing/drafts.tsx';
import { TweetCard } from '../writing/tweet-card.tsx';
import { UndoNote } from '../writing/undo-note.tsx';
import { AboutReadyBot } from './about-ready-bot.tsx';

const texts = messages('ready', ready);
const loadStudio = () => import('../writing/studio.tsx');

export function TryIt() {
  const hasStudio = useSignal(false);
  useEffect(openWhenIdle, []);
  useEffect(followWritten, []);
  if (hidesReadyBot.value) {
    return (
      <button
        type="button"
        class="button button-small button-quiet"
        disabled={!canAskEngine.value}
        onClick={() => void bringBackReadyBot()}
      >
        {LABELS.bringBackReadyBot}
      </button>
    );
  }
  const run = readyBot.value;
  const isStudio = hasStudio.value && run !== null && writingBot.value === run;
  return (
    <section class="ready" aria-labelledby="ready-title">
      <div class="ready-perch">
        <Bird mood={writingJob.value === null ? 'idle' : 'talking'} />
      </div>
      <h2 id="ready-title">{texts.title}</h2>
      <AboutReadyBot />
      {isStudio ? (
        <LazyPart load={loadStudio}>{({ Studio }) => <Studio run={run} />}</LazyPart>
      ) : (
        <>
          <StartForm />
          <Problem />
          <Newest />
          <UndoNote />
        </>
      )}
      <div class="ready-foot">
        <button
          type="button"
          class="button button-small"
          disabled={!canAskEngine.value || importing()}
          onClick={chooseFiles}
        >
          <Icon name="upload" />
          {texts.teach}
        </button>
        {run === null || writingBot.value !== run || isStudio ? null : (
          <button
            type="button"
            class="button button-small button-quiet"
            onClick={() => {
              hasStudio.value = true;
            }}
          >
            {texts.moreSettings}
          </button>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label={LABELS.removeReadyBot}
          title={LABELS.removeReadyBot}
          disabled={activity.value !== null}
          onClick={() => void removeReadyBot()}
        >
          <Icon name="close" />
        </button>
      </div>
    </section>
  );
}

const importing = () => activity.value === 'importing';

function StartForm() {
  const job = writingJob.value;
  return (
    <form
      class="ready-form"
      onSubmit={(event) => {
        event.preventDefault();
        void tryIt();
      }}
    >
      <div class="ready-line">
        <input
          type="text"
          dir="auto"
          aria-label={LABELS.readyPrompt}
          enterKeyHint="go"
          placeholder={texts.placeholder}
          maxLength={MAX_TWEET_CHARACTERS}
          value={prompt.value}
          onInput={(event) => {
            prompt.value = event.currentTarget.value;
          }}
        />
        {job === null ? (
          <button
            type="submit"
            class="button button-primary"
            aria-label={LABELS.tryIt}
            disabled={!isEngineReady.value || activity.value !== null || isOpening.value}
          >
            <Icon name="sparkle" />
            {texts.write}
          </button>
        ) : (
          <button type="button" class="button" onClick={job.cancel}>
            <Icon name="stop" />
            {job.isStopping ? texts.stopping : LABELS.stopWriting}
          </button>
        )}
      </div>
      <ul class="prompt-chips" aria-label={LABELS.readyStarts}>
        {texts.starts.map((start) => (
          <li key={start}>
            <button
              type="button"
              class="prompt-chip"
              aria-pressed={prompt.value === start}
              onClick={() => {
                prompt.value = start;
              }}
            >
              {start}
            </button>
          </li>
        ))}
      </ul>
      <p class="quiet" role="status">
        {stateLine()}
      </p>
    </form>
  );
}

function stateLine(): string | null {
  if (isOpening.value) return texts.opening;
  const { kind } = enginePhase.value;
  if (kind === 'starting') return texts.engineStarts;
  if (kind !== 'ready') return texts.noEngine;
  return null;
}

function Problem() {
  const run = readyBot.value;
  const error = openingError.value ?? (writingBot.value === run ? writingError.value : null);
  if (error === null) return null;
  return (
    <ErrorNote
      error={error}
      actions={{ 'try-again': () => void tryIt(), 'restart-engine': () => void restartEngine() }}
      onDismiss={() => {
        openingError.value = null;
        if (run !== null) dismissWritingError(run);
      }}
    />
  );
}

/** What it writes now, or wrote last. */
function Newest() {
  const run = readyBot.value;
  if (run === null || writingBot.value !== run) return null;
  const [first] = shownTweets.value.filter(({ isPinned }) => !isPinned);
  const tweets =
    first === undefined
      ? []
      : shownTweets.value
          .filter((tweet) => batchOf(tweet) === batchOf(first))
          .slice(0, FIRST_TWEETS);
  const isWriting = writingJob.value?.runId === run.id;
  if (tweets.length === 0 && !isWriting) return null;
  return (
    <ul class="tweets" aria-label={LABELS.readyTweets} aria-busy={isWriting}>
      {isWriting ? <Drafts run={run} /> : null}
      {(isWriting ? [] : tweets).map((tweet) => (
        <TweetCard key={tweet.id} run={run} tweet={tweet} />
      ))}
    </ul>
  );
}
