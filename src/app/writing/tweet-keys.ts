/** The keys that act on written tweets, as in many timelines and mail programs. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { usesKeys } from '../state/settings.ts';
import { continueTweet, moreLike, tryAgain } from '../state/writing.ts';
import {
  shownTweets,
  toggleDropped,
  toggleKept,
  togglePinned,
  undoLast,
} from '../state/written.ts';
import { editedId, focusCard, openedId } from './card-state.ts';
import { copyText } from './copy-button.tsx';

export const SEARCH_ID = 'search-written';
export const isKeyHelpOpen = signal(false);

export const TWEET_KEYS: readonly { readonly key: string; readonly does: string }[] = [
  { key: 'J', does: 'next tweet' },
  { key: 'K', does: 'previous tweet' },
  { key: 'S', does: 'keep it, or no longer' },
  { key: 'X', does: 'drop it' },
  { key: 'U', does: 'undo' },
  { key: 'E', does: 'edit it' },
  { key: 'C', does: 'copy it' },
  { key: 'P', does: 'pin it to the top' },
  { key: 'R', does: 'try again' },
  { key: 'M', does: 'more like it' },
  { key: 'N', does: 'continue it' },
  { key: '/', does: 'search' },
  { key: '?', does: 'show these keys' },
];

/** Listens while the list is shown. `showMore` renders more cards when the last one is reached. */
export function useTweetKeys(run: RunSummary, showMore: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!usesKeys.value || !isPlainKey(event)) return;
      if (act(run, event.key.toLowerCase(), showMore)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

/** A key by itself, pressed where nothing is typed or chosen with it. */
export function isPlainKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return true;
  if (target.isContentEditable || target.closest('select, textarea') !== null) return false;
  return !(target instanceof HTMLInputElement) || ['checkbox', 'button'].includes(target.type);
}

/** Returns whether the key means something. */
function act(run: RunSummary, key: string, showMore: () => void): boolean {
  const tweets = shownTweets.value;
  const at = tweets.findIndex(({ id }) => id === currentId());
  const tweet = tweets[at];
  switch (key) {
    case 'j':
    case 'k': {
      const next = tweets[key === 'j' ? at + 1 : Math.max(0, at - 1)];
      if (next === undefined) return false;
      moveTo(next, showMore);
      return true;
    }
    case 'u':
      void undoLast();
      return true;
    case '/':
      document.getElementById(SEARCH_ID)?.focus();
      return true;
    case '?':
      isKeyHelpOpen.value = !isKeyHelpOpen.value;
      return true;
    default:
      return tweet !== undefined && actOn(run, tweet, key, tweets[at + 1] ?? tweets[at - 1]);
  }
}

function actOn(
  run: RunSummary,
  tweet: WrittenTweet,
  key: string,
  neighbour: WrittenTweet | undefined,
): boolean {
  switch (key) {
    case 's':
      void toggleKept(tweet);
      return true;
    case 'x':
      void toggleDropped(tweet);
      // The card disappears, so the focus moves on.
      if (neighbour !== undefined) focusCard(neighbour.id);
      return true;
    case 'e':
      editedId.value = tweet.id;
      return true;
    case 'c':
      void copyText(tweet.text);
      return true;
    case 'p':
      void togglePinned(tweet);
      return true;
    case 'r':
      void tryAgain(run, tweet);
      return true;
    case 'm':
      void moreLike(run, tweet);
      return true;
    case 'n':
      void continueTweet(run, tweet);
      return true;
    default:
      return false;
  }
}

/** The tweet whose card has the focus or contains what has it. */
function currentId(): string | null {
  const card = document.activeElement?.closest<HTMLElement>('[data-tweet]');
  return card?.dataset.tweet ?? null;
}

function moveTo({ id }: WrittenTweet, showMore: () => void): void {
  openedId.value = null;
  focusCard(id);
  if (currentId() === id) return;
  // Not rendered yet.
  showMore();
  requestAnimationFrame(() => focusCard(id));
}
