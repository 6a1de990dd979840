/** A generated tweet, shown as in a timeline but marked as written by an AI. */
import { useSignal } from '@preact/signals';
import { MAX_TWEET_CHARACTERS } from '../../domain/tweet-text.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import { countCharacters, formatCount } from '../format.ts';
import { announce } from '../state/announce.ts';
import { forgetTweet, isKept, keepTweet } from '../state/kept.ts';
import type { Batch, WrittenTweet } from '../state/writing.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icons.tsx';
import { markedParts } from './marked-parts.ts';

const COPIED_FOR_MS = 1600;

interface TweetCardProps {
  readonly bot: RunSummary;
  readonly tweet: WrittenTweet;
  readonly batch: Batch;
  /** True while the model is being loaded and nothing has been written yet. */
  readonly isLoading: boolean;
}

export function TweetCard({ bot, tweet, batch, isLoading }: TweetCardProps) {
  const { text, isDone } = tweet;
  const length = countCharacters(text);
  // The engine may remove spaces at the start; then the prompt can't be told from the rest.
  const promptLength = text.startsWith(batch.prompt) ? batch.prompt.length : 0;
  const parts = markedParts(text, promptLength, tweet.copy);
  return (
    <li class={isDone ? 'tweet' : 'tweet tweet-writing'}>
      <Avatar bot={bot} />
      <div class="tweet-main">
        <p class="tweet-author">
          <b>{batch.botName}</b>
          {batch.handle === null || batch.handle === batch.botName ? null : (
            <span class="tweet-handle">{batch.handle}</span>
          )}
          <span class="bot-badge">AI</span>
        </p>
        <blockquote class="tweet-text" dir="auto">
          {parts.prompt === '' ? null : <span class="tweet-prompt">{parts.prompt}</span>}
          {parts.before}
          {parts.copied === '' ? null : <mark>{parts.copied}</mark>}
          {parts.after}
          {isDone ? null : <span class="caret" aria-hidden="true" />}
        </blockquote>
        {tweet.copy ? (
          <details class="tweet-copy">
            <summary>Copied from a real tweet</summary>
            <q dir="auto">{tweet.copy.original}</q>
          </details>
        ) : null}
        <div class="tweet-foot">
          <span
            class={length > MAX_TWEET_CHARACTERS ? 'tweet-count tweet-count-over' : 'tweet-count'}
          >
            {isLoading ? 'Getting ready…' : `${formatCount(length)}/${MAX_TWEET_CHARACTERS}`}
          </span>
          {isDone ? <TweetActions text={text} botName={batch.botName} /> : null}
        </div>
      </div>
    </li>
  );
}

function TweetActions({ text, botName }: { text: string; botName: string }) {
  const kept = isKept(text);
  return (
    <span class="tweet-actions">
      <CopyButton text={text} />
      <button
        type="button"
        class={kept ? 'tweet-action tweet-action-on' : 'tweet-action'}
        aria-pressed={kept}
        onClick={() => (kept ? forgetTweet(text) : keepTweet({ text, botName }))}
      >
        <Icon name="keep" />
        {kept ? 'Kept' : 'Keep'}
      </button>
    </span>
  );
}

export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const state = useSignal<'idle' | 'copied' | 'failed'>('idle');
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      state.value = 'copied';
      announce('Copied.');
    } catch {
      // The browser denies access without a secure origin or a permission. The text can still be selected.
      state.value = 'failed';
      announce('Your browser doesn’t allow copying. Select the text instead.');
    }
    setTimeout(() => {
      state.value = 'idle';
    }, COPIED_FOR_MS);
  }
  const word = { idle: label, copied: 'Copied', failed: 'Not allowed' }[state.value];
  return (
    <button type="button" class="tweet-action" onClick={() => void copy()}>
      <Icon name={state.value === 'copied' ? 'check' : 'copy'} />
      {word}
    </button>
  );
}
