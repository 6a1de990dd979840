/** The form for writing: the start of the tweet, how daring the bot should be, and how many it should write. */
import { MAX_TWEET_CHARACTERS } from '../../domain/tweet-text.ts';
import { MAX_TWEETS_AT_ONCE } from '../../domain/writing.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import { countCharacters, formatCount } from '../format.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { isEngineReady } from '../state/engine.ts';
import { compare, endComparison, isComparing, MAX_PAIRS } from '../state/compare.ts';
import { prompt, replyTo, setStyle, style, writeTweets, writingJob } from '../state/writing.ts';
import { rememberedPrompts } from '../state/written.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Bird } from '../ui/bird.tsx';
import { useFocusWhenLost } from '../ui/focus.ts';
import { Icon } from '../ui/icons.tsx';
import { MoodChoice } from './mood-choice.tsx';
import { RivalChoice } from './rival-choice.tsx';
import { TweetAuthor } from './tweet-author.tsx';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

/** Longer posts than most services take. */
const MAX_GIVEN_CHARACTERS = 1_000;
const USUAL_COUNTS = [1, 5, 20, 100, 300, MAX_TWEETS_AT_ONCE];

export function Composer({ run }: { run: RunSummary }) {
  const write = () => {
    if (!isEngineReady.value || activity.value !== null) return;
    if (isComparing.value) {
      void compare(run);
      return;
    }
    endComparison();
    void writeTweets(run);
  };
  return (
    <div class="composer">
      <div class="composer-perch">
        <Bird mood={writingJob.value === null ? 'idle' : 'talking'} />
      </div>
      <div class="composer-top">
        <Avatar bot={run} />
        <div class="composer-main">
          {replyTo.value === null ? null : <GivenTweet run={run} />}
          <TweetAuthor run={run} />
          <textarea
            class="composer-text"
            dir="auto"
            rows={2}
            aria-label={LABELS.prompt}
            enterkeyhint="go"
            placeholder={texts.placeholder}
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
      <RememberedPrompts />
      <MoodChoice />
      {isComparing.value ? <RivalChoice /> : null}
      <div class="composer-bar">
        <button
          type="button"
          class="tweet-action"
          aria-pressed={replyTo.value !== null}
          onClick={() => {
            replyTo.value = replyTo.value === null ? '' : null;
          }}
        >
          {LABELS.replyToTweet}
        </button>
        <button
          type="button"
          class="tweet-action"
          aria-pressed={isComparing.value}
          onClick={() => {
            isComparing.value = !isComparing.value;
          }}
        >
          {LABELS.compare}
        </button>
        <span class="composer-count">
          {formatCount(countCharacters(prompt.value))}/{formatCount(MAX_TWEET_CHARACTERS)}
        </span>
        <div class="composer-go">
          <HowMany />
          <WriteButton onWrite={write} />
        </div>
      </div>
    </div>
  );
}

/** The tweet to answer, above the answer as in a timeline. */
function GivenTweet({ run: { recipe, dataset } }: { run: RunSummary }) {
  return (
    <div class="composer-given">
      <textarea
        class="composer-text"
        dir="auto"
        rows={1}
        aria-label={LABELS.givenTweet}
        enterkeyhint="next"
        aria-describedby="given-hint"
        placeholder={texts.pasteTweet}
        maxLength={MAX_GIVEN_CHARACTERS}
        value={replyTo.value ?? ''}
        onInput={({ currentTarget }) => {
          replyTo.value = currentTarget.value.replaceAll(/\s*\n\s*/g, ' ');
        }}
      />
      <p class="quiet" id="given-hint">
        {recipe.replyContext === true
          ? texts.replyHintTrained(dataset.answerCount)
          : texts.replyHint}
      </p>
    </div>
  );
}

function RememberedPrompts() {
  const others = rememberedPrompts.value.filter((start) => start !== prompt.value.trim());
  if (others.length === 0) return null;
  return (
    <ul class="prompt-chips" aria-label={LABELS.rememberedPrompts}>
      {others.map((start) => (
        <li key={start}>
          <button
            type="button"
            class="prompt-chip"
            title={start}
            onClick={() => {
              prompt.value = start;
            }}
          >
            <bdi>{start}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}

function HowMany() {
  const { count } = style.value;
  const usual = isComparing.value ? USUAL_COUNTS.filter((each) => each <= MAX_PAIRS) : USUAL_COUNTS;
  const counts = usual.includes(count) ? usual : [...usual, count].sort((a, b) => a - b);
  return (
    <select
      class="how-many"
      aria-label={texts.howMany}
      value={count}
      disabled={writingJob.value !== null}
      onChange={({ currentTarget }) => setStyle({ count: Number(currentTarget.value) })}
    >
      {counts.map((each) => (
        <option key={each} value={each}>
          {texts.tweets(each)}
        </option>
      ))}
    </select>
  );
}

function WriteButton({ onWrite }: { onWrite: () => void }) {
  const writeButton = useFocusWhenLost<HTMLButtonElement>();
  const job = writingJob.value;
  if (job !== null) {
    return (
      <button type="button" class="button" onClick={job.cancel}>
        <Icon name="stop" />
        {job.isStopping ? texts.stopping : LABELS.stopWriting}
      </button>
    );
  }
  return (
    <button
      ref={writeButton}
      type="button"
      class="button button-primary"
      aria-label={LABELS.writeTweets(style.value.count)}
      disabled={!isEngineReady.value || activity.value !== null}
      onClick={onWrite}
    >
      <Icon name="sparkle" />
      {texts.write}
    </button>
  );
}
