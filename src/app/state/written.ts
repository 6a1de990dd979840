/** What the selected bot has written, as it is stored: the list, its filter and search, and edits with undo. */
import { computed, effect, signal } from '@preact/signals';
import { type ErrorData, toErrorData } from '../../core/errors.ts';
import { searchable } from '../../domain/search-text.ts';
import { movedCopy } from '../../domain/writing.ts';
import type { WrittenEdit, WrittenTweet } from '../../protocol/writing.ts';
import { announce } from './announce.ts';
import { call, canAskEngine, localError, refreshStorage } from './engine.ts';
import { selectedRunId } from './settings.ts';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

export type WrittenFilter = 'all' | 'kept' | 'dropped';

/** Of one bot; empty while it is being read. */
const list = signal<{ readonly runId: string | null; readonly tweets: readonly WrittenTweet[] }>({
  runId: null,
  tweets: [],
});

/** Tweets of another bot, which are shown beside those of the selected one. */
export const guests = signal<readonly WrittenTweet[]>([]);

export const writtenFilter = signal<WrittenFilter>('all');
export const writtenQuery = signal('');
export const writtenError = signal<ErrorData | null>(null);

/** All of them, the newest batch first, and each batch in the order in which it was written. */
export const written = computed<readonly WrittenTweet[]>(() =>
  list.value.runId === selectedRunId.value ? list.value.tweets : [],
);

export const writtenCounts = computed(() => {
  const counts = { all: 0, kept: 0, dropped: 0 };
  for (const { mark } of written.value) {
    if (mark !== 'dropped') counts.all++;
    if (mark !== 'new') counts[mark]++;
  }
  return counts;
});

/** Those that the filter and the search leave, the pinned ones first. */
export const shownTweets = computed<readonly WrittenTweet[]>(() => {
  const filter = writtenFilter.value;
  const query = searchable(writtenQuery.value.trim());
  const left = written.value.filter(
    ({ mark, text }) =>
      (filter === 'all' ? mark !== 'dropped' : mark === filter) &&
      (query === '' || searchable(text).includes(query)),
  );
  const pinned = left.filter(({ isPinned }) => isPinned);
  return pinned.length === 0 ? left : [...pinned, ...left.filter(({ isPinned }) => !isPinned)];
});

const REMEMBERED_PROMPTS = 8;

/** The starts that the bot was last given, the newest first. */
export const rememberedPrompts = computed<readonly string[]>(() => {
  const prompts = new Set<string>();
  for (const { prompt } of written.value) {
    const start = prompt.trim();
    if (start !== '') prompts.add(start);
    if (prompts.size === REMEMBERED_PROMPTS) break;
  }
  return [...prompts];
});

/**
 * The same for all tweets of one batch, and greater for a later batch. Another try is in the batch of the tweet that
 * it replaces, with whose id its own begins.
 */
export function batchOf({ id }: WrittenTweet): string {
  return id.split('/')[1] ?? '';
}

/** Its place in its batch, counted from 0; that of another try is the one that it replaces. */
export function placeOf({ id }: WrittenTweet): number {
  return Number(id.split('/')[2]);
}

function inOrder(tweets: readonly WrittenTweet[]): readonly WrittenTweet[] {
  return tweets.toSorted((a, b) => {
    const [one, other] = [batchOf(a), batchOf(b)];
    if (one !== other) return one < other ? 1 : -1;
    return a.id < b.id ? -1 : 1;
  });
}

/** Reads what the selected bot has written, now and whenever another one is selected. */
export function followWritten(): () => void {
  return effect(() => {
    const runId = selectedRunId.value;
    if (runId === null || !canAskEngine.value || list.peek().runId === runId) return;
    list.value = { runId, tweets: [] };
    writtenFilter.value = 'all';
    writtenQuery.value = '';
    undoable.value = null;
    void readWritten(runId);
  });
}

async function readWritten(runId: string): Promise<void> {
  writtenError.value = null;
  try {
    const tweets = await call('listWritten', { runId });
    if (list.value.runId !== runId) return;
    // What was written meanwhile is newer than what was read.
    const known = new Set(tweets.map(({ id }) => id));
    const newer = list.value.tweets.filter(({ id }) => !known.has(id));
    list.value = { runId, tweets: inOrder([...tweets, ...newer]) };
  } catch (thrown) {
    if (list.value.runId === runId) {
      list.value = { runId: null, tweets: [] };
      writtenError.value = localError(thrown);
    }
  }
}

/** Adds tweets that have just been written and stored. */
export function addWritten(runId: string, tweets: readonly WrittenTweet[]): void {
  if (tweets.length === 0 || list.value.runId !== runId) return;
  const ids = new Set(tweets.map(({ id }) => id));
  const others = list.value.tweets.filter(({ id }) => !ids.has(id));
  list.value = { runId, tweets: inOrder([...others, ...tweets]) };
}

/* ----------------------------------------------------------------- edits */

interface Undoable {
  readonly what: 'dropped' | 'changed' | 'triedAgain';
  /** Resolves to whether it has been undone. */
  readonly undo: () => Promise<boolean>;
}

/** What was done last, as long as it can be undone. */
export const undoable = signal<Undoable | null>(null);

export async function undoLast(): Promise<void> {
  const last = undoable.value;
  if (last === null) return;
  undoable.value = null;
  if (await last.undo()) announce(texts.undone[last.what]);
}

/** Shows the change at once and takes it back if it can't be stored. */
async function change(id: string, edit: WrittenEdit): Promise<boolean> {
  const before = [...written.value, ...guests.value].find((tweet) => tweet.id === id);
  writtenError.value = null;
  replace(id, (tweet) => edited(tweet, edit));
  try {
    await call('editWritten', { ids: [id], edit });
    return true;
  } catch (thrown) {
    replace(id, (tweet) => before ?? tweet);
    writtenError.value = localError(thrown) ?? toErrorData(thrown);
    return false;
  }
}

/** Changes a tweet, and offers at once to change it back, which then waits until the change is stored. */
async function changeWithUndo(
  id: string,
  what: Undoable['what'],
  edit: WrittenEdit,
  back: WrittenEdit,
): Promise<boolean> {
  const changing = change(id, edit);
  const undo = async () => (await changing) && (await change(id, back));
  const offer: Undoable = { what, undo };
  undoable.value = offer;
  const isChanged = await changing;
  if (!isChanged && undoable.value === offer) undoable.value = null;
  return isChanged;
}

function replace(id: string, by: (tweet: WrittenTweet) => WrittenTweet): void {
  const changed = (tweets: readonly WrittenTweet[]) =>
    tweets.map((tweet) => (tweet.id === id ? by(tweet) : tweet));
  list.value = { ...list.value, tweets: changed(list.value.tweets) };
  guests.value = changed(guests.value);
}

function edited(tweet: WrittenTweet, edit: WrittenEdit): WrittenTweet {
  const { text = tweet.text, mark = tweet.mark, isPinned = tweet.isPinned } = edit;
  const isEdited = tweet.isEdited || text !== tweet.text;
  return {
    ...tweet,
    text,
    mark,
    isPinned,
    isEdited,
    copy: movedCopy(tweet.copy, tweet.text, text),
  };
}

export async function toggleKept({ id, mark }: WrittenTweet): Promise<void> {
  const isKept = mark === 'kept';
  if (!(await change(id, { mark: isKept ? 'new' : 'kept' }))) return;
  announce(isKept ? texts.noLongerKept : texts.kept);
}

/** Drops a tweet, or takes back one that was dropped. */
export async function toggleDropped({ id, mark }: WrittenTweet): Promise<void> {
  if (mark === 'dropped') {
    if (await change(id, { mark: 'new' })) announce(texts.back);
  } else if (await changeWithUndo(id, 'dropped', { mark: 'dropped' }, { mark })) {
    announce(texts.done.dropped);
  }
}

export async function togglePinned({ id, isPinned }: WrittenTweet): Promise<void> {
  if (!(await change(id, { isPinned: !isPinned }))) return;
  announce(isPinned ? texts.noLongerPinned : texts.pinnedToTop);
}

/** Returns whether the tweet has the text now. */
export async function changeText(
  { id, text: before }: WrittenTweet,
  text: string,
): Promise<boolean> {
  if (text === before) return true;
  if (!(await changeWithUndo(id, 'changed', { text }, { text: before }))) return false;
  announce(texts.done.changed);
  return true;
}

/** Drops the tweet that another try takes the place of. */
export async function putInstead({ id, mark }: WrittenTweet): Promise<void> {
  await changeWithUndo(id, 'triedAgain', { mark: 'dropped' }, { mark });
}

/** Deletes for good what was dropped. */
export async function deleteDropped(): Promise<void> {
  const ids = written.value.filter(({ mark }) => mark === 'dropped').map(({ id }) => id);
  writtenError.value = null;
  try {
    await call('deleteWritten', { ids });
    const gone = new Set(ids);
    list.value = { ...list.value, tweets: list.value.tweets.filter(({ id }) => !gone.has(id)) };
    undoable.value = null;
    writtenFilter.value = 'all';
    announce(texts.deleted(ids.length));
    void refreshStorage();
  } catch (thrown) {
    writtenError.value = localError(thrown);
  }
}
