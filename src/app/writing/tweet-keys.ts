/** The keys that act on written tweets, as in many timelines and mail programs. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { usesKeys } from '../state/settings.ts';
import { continueTweet, moreLike, tryAgain } from '../state/writing.ts';
import { comparedPairs, listedTweets } from '../state/compare.ts';
import { toggleDropped, toggleKept, togglePinned, undoLast } from '../state/written.ts';
import type { writing } from '../texts/en/writing.ts';
import { editedId, focusCard, openedId } from './card-state.ts';
import { copyText } from './copy-button.tsx';

export const SEARCH_ID = 'search-written';
export const isKeyHelpOpen = signal(false);

/** What a key acts on. */
interface Press {
  readonly run: RunSummary;
  readonly tweets: readonly WrittenTweet[];
  /** The index of the tweet whose card has the focus; -1 if none has. */
  readonly at: number;
}

interface TweetKey {
  readonly key: string;
  /** What it does, by its name in the catalogue. */
  readonly does: keyof typeof writing.keys;
  /** Returns false if there is nothing to act on. */
  readonly act: (press: Press) => boolean;
}

export const TWEET_KEYS: readonly TweetKey[] = [
  { key: 'J', does: 'next', act: moveBy(1) },
  { key: 'K', does: 'previous', act: moveBy(-1) },
  { key: 'S', does: 'keep', act: onTweet(toggleKept) },
  { key: 'X', does: 'drop', act: onTweet(dropAndMoveOn) },
  { key: 'U', does: 'undo', act: anywhere(undoLast) },
  { key: 'E', does: 'edit', act: onTweet(edit) },
  { key: 'C', does: 'copy', act: onTweet(({ text }) => copyText(text)) },
  { key: 'P', does: 'pin', act: onTweet(togglePinned) },
  { key: 'R', does: 'again', act: ofItsOwn(tryAgain) },
  { key: 'M', does: 'more', act: ofItsOwn(moreLike) },
  { key: 'N', does: 'continue', act: ofItsOwn(continueTweet) },
  { key: '/', does: 'search', act: anywhere(() => document.getElementById(SEARCH_ID)?.focus()) },
  { key: '?', does: 'help', act: anywhere(toggleKeyHelp) },
];

function anywhere(act: () => unknown): TweetKey['act'] {
  return () => {
    void act();
    return true;
  };
}

function onTweet(act: (tweet: WrittenTweet, press: Press) => unknown): TweetKey['act'] {
  return (press) => {
    const tweet = press.tweets[press.at];
    if (tweet === undefined) return false;
    void act(tweet, press);
    return true;
  };
}

/** Has the bot write again; a tweet beside it may be another one's. */
function ofItsOwn(act: (run: RunSummary, tweet: WrittenTweet) => unknown): TweetKey['act'] {
  return onTweet((tweet, { run }) => (tweet.runId === run.id ? act(run, tweet) : undefined));
}

function moveBy(count: 1 | -1): TweetKey['act'] {
  return ({ tweets, at }) => {
    const next = tweets[Math.max(0, at + count)];
    if (next === undefined) return false;
    openedId.value = null;
    focusCard(next.id);
    return true;
  };
}

/** The dropped card disappears, so the focus moves to its neighbour. */
function dropAndMoveOn(tweet: WrittenTweet, { tweets, at }: Press): void {
  void toggleDropped(tweet);
  const neighbour = tweets[at + 1] ?? tweets[at - 1];
  if (neighbour !== undefined) focusCard(neighbour.id);
}

function edit({ id }: WrittenTweet): void {
  editedId.value = id;
}

function toggleKeyHelp(): void {
  isKeyHelpOpen.value = !isKeyHelpOpen.value;
}

/** Listens while the list is shown. */
export function useTweetKeys(run: RunSummary): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!usesKeys.value || !isPlainKey(event)) return;
      const pressed = TWEET_KEYS.find(({ key }) => key === event.key.toUpperCase());
      const compared = comparedPairs.value.flat().filter((tweet) => tweet !== null);
      const tweets = [...compared, ...listedTweets.value];
      const at = tweets.findIndex(({ id }) => id === currentId());
      if (pressed?.act({ run, tweets, at }) === true) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

/** A key by itself, pressed where nothing is typed or chosen with it. */
function isPlainKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return true;
  // In a dialog, the list is out of reach.
  if (target.isContentEditable || target.closest('select, textarea, dialog')) return false;
  return !(target instanceof HTMLInputElement) || ['checkbox', 'button'].includes(target.type);
}

/** The tweet whose card has the focus or contains what has it. */
function currentId(): string | null {
  const card = document.activeElement?.closest<HTMLElement>('[data-tweet]');
  return card?.dataset.tweet ?? null;
}
