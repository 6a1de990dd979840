/** The outcomes of “Real or bot?”, which are part of a run's record. */
import type { QuizOutcome } from '../domain/quiz.ts';
import type { Storage } from './chunks.ts';
import type { RunRecord } from './run-record.ts';
import { readRun } from './runs.ts';

/** More rounds than anyone plays. If there are more, the last ones are kept. */
const MAX_ROUNDS = 1_000;

/**
 * Adds the outcome of a round. The date of the bot's last change stays, because the bot itself doesn't change.
 *
 * @throws `not-found`, `stored-data-damaged`, `storage-quota`, `storage-blocked`.
 */
export async function addQuiz(
  storage: Storage,
  runId: string,
  outcome: QuizOutcome,
): Promise<RunRecord> {
  return storage.transact('readwrite', ['runs'], async (tx) => {
    const run = await readRun(tx, runId);
    const quizzes = [...run.quizzes, outcome].slice(-MAX_ROUNDS);
    const changed: RunRecord = { ...run, quizzes };
    await tx.objectStore('runs').put(changed);
    return changed;
  });
}
