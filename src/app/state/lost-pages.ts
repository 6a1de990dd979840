/**
 * How often the page was lost in the middle of a training: the system ends a page that takes too much, without a word.
 * It is noted in localStorage that a training runs, and taken back when the training ends or the user leaves the page.
 */
import { signal } from '@preact/signals';
import { objectOf, otherwise, parseBoolean, parseCount, parseString } from '../../core/parse.ts';
import { readStored, writeStored } from './settings.ts';

const KEY = 'mynah-at-work';
/** Up to this many losses may be chance. */
const MAX_CHANCE_LOSSES = 2;

interface Note {
  readonly runId: string;
  /** How often the page was lost while it trained this run. */
  readonly losses: number;
  readonly isAtWork: boolean;
}

const NOTHING: Note = { runId: '', losses: 0, isAtWork: false };
const parseNote = objectOf<Note>({
  runId: parseString,
  losses: parseCount,
  isAtWork: parseBoolean,
});

const parseStored = otherwise(parseNote, NOTHING);

const note = signal(NOTHING);

/** Call this once the page has the engine. Only one page can have it, so a page that had it before is gone. */
export function noticeLostPage(): void {
  const { losses, isAtWork, runId } = parseStored(readStored(KEY), KEY);
  put({ runId, losses: losses + (isAtWork ? 1 : 0), isAtWork: false });
}

/** A page that the user leaves isn't lost. */
export function startNoticingLeave(): void {
  addEventListener('pagehide', noteAtRest);
}

/** Whether the page was lost so often in the middle of this run that something smaller should be tried. */
export function isLostOften(runId: string): boolean {
  return note.value.runId === runId && note.value.losses > MAX_CHANCE_LOSSES;
}

/** Notes that this run is being trained. */
export function noteAtWork(runId: string): void {
  if (note.value.isAtWork && note.value.runId === runId) return;
  put({ runId, losses: note.value.runId === runId ? note.value.losses : 0, isAtWork: true });
}

/** Notes that nothing is trained any more, or that the user leaves. */
export function noteAtRest(): void {
  if (note.value.isAtWork) put({ ...note.value, isAtWork: false });
}

function put(changed: Note): void {
  note.value = changed;
  writeStored(KEY, changed);
}
