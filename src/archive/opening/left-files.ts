/**
 * The outcome of every file that was brought and isn't read. One bad file costs that file: an import
 * fails only when none gave tweets, and then it fails for the reason that tells the user most.
 */

import { type ErrorDetails, MynahError, mynahError } from '../../core/errors.ts';
import { listFiles } from '../../domain/list-files.ts';
import type { ImportWarning, LeftReason } from '../../protocol/datasets.ts';

export interface LeftFile {
  /** As errors name it. */
  readonly file: string;
  readonly why: LeftReason;
  /** What to say if nothing else gives tweets. */
  readonly error: MynahError;
}

/** A message to the page names this many at most. */
const MAX_NAMED = 50;

/** The most telling first: what the user can answer or mend, then what only seems wrong. */
const BY_IMPORTANCE: readonly LeftReason[] = [
  'no-text-column',
  'encrypted',
  'truncated',
  'damaged',
  'not-json',
  'too-large',
  'unreadable',
  'encoding',
  'packed',
  'not-a-zip',
  'no-tweets',
  'unknown-format',
  'empty',
  'too-many',
  'beside-archive',
  'not-tweets',
];

/** An outcome that is none of an error's: the file was rightly left. */
export function leftAside(
  file: string,
  why: 'beside-archive' | 'not-tweets' | 'too-many',
): LeftFile {
  const reason = why === 'not-tweets' ? 'not-needed' : 'no-tweet-file';
  return { file, why, error: mynahError('archive-no-tweets', { file, reason }) };
}

export function leftUnreadable(
  file: string,
  reason: ErrorDetails['archive-unreadable']['reason'],
  cause?: unknown,
): LeftFile {
  return { file, why: reason, error: mynahError('archive-unreadable', { file, reason }, cause) };
}

/** The outcome that an error is for its file; rethrows what concerns more than one file. */
export function leftBy(file: string, error: unknown): LeftFile {
  const why = reasonOf(error);
  if (why === null || !(error instanceof MynahError)) throw error;
  return { file, why, error };
}

/** Whether an error concerns the file alone, so that others can still be read. */
export function isOfOneFile(error: unknown): boolean {
  return reasonOf(error) !== null;
}

function reasonOf(error: unknown): LeftReason | null {
  if (!(error instanceof MynahError)) return null;
  const { code, details } = error.data;
  if (code === 'archive-unreadable') return details.reason;
  if (code === 'archive-no-tweets') return 'no-tweets';
  return code === 'table-column-unknown' ? 'no-text-column' : null;
}

/** What to fail with when nothing gave tweets; undefined when no file is to blame. */
export function mostTelling(left: readonly LeftFile[]): MynahError | undefined {
  const [first] = left.toSorted(
    (a, b) => BY_IMPORTANCE.indexOf(a.why) - BY_IMPORTANCE.indexOf(b.why),
  );
  if (first === undefined) return undefined;
  const same = left.filter(({ why }) => why === first.why);
  if (same.length < 2 || first.error.data.code !== 'archive-no-tweets') return first.error;
  const file = listFiles(same.map((each) => each.file));
  return mynahError('archive-no-tweets', { ...first.error.data.details, file }, first.error);
}

/** One warning with the names of what was left; null when nothing was. */
export function warningOf(left: readonly LeftFile[]): ImportWarning | null {
  if (left.length === 0) return null;
  const files = left.slice(0, MAX_NAMED).map(({ file, why, error: { data } }) => ({
    file,
    why,
    ...(data.code === 'table-column-unknown' ? { question: data.details } : {}),
  }));
  return { kind: 'files-left', files, count: left.length };
}
