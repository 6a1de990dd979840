/** A game of “Real or bot?” with the selected bot: from its start to the outcome, which is stored with the bot. */
import { signal } from '@preact/signals';
import { type ErrorData, toErrorData } from '../../core/errors.ts';
import { longestStreak } from '../../domain/quiz.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { Quiz, QuizProgress } from '../../protocol/quiz.ts';
import { activity } from './activity.ts';
import { call, isEngineReady, localError } from './engine.ts';
import { putRun } from './runs.ts';

export type ReadyQuiz = Extract<Quiz, { readonly kind: 'ready' }>;
export type ImpossibleQuiz = Extract<Quiz, { readonly kind: 'impossible' }>;
/** The first or the second tweet of a pair. */
export type Side = 0 | 1;

export type QuizGame =
  | { readonly kind: 'intro' }
  | {
      readonly kind: 'preparing';
      readonly progress: QuizProgress | null;
      readonly cancel: () => void;
    }
  | ImpossibleQuiz
  | {
      readonly kind: 'playing';
      readonly quiz: ReadyQuiz;
      /** Whether each answer was right, that to the pair on show included once it is given. */
      readonly answers: readonly boolean[];
      /** What was chosen of the pair on show; null before. */
      readonly chosen: Side | null;
    }
  | { readonly kind: 'done'; readonly quiz: ReadyQuiz; readonly answers: readonly boolean[] };

/** Null while nobody plays. */
export const quizGame = signal<QuizGame | null>(null);
export const quizError = signal<ErrorData | null>(null);

export function openQuiz(): void {
  quizError.value = null;
  quizGame.value = { kind: 'intro' };
}

/** A round that isn't finished is forgotten. */
export function closeQuiz(): void {
  const game = quizGame.value;
  quizGame.value = null;
  if (game?.kind === 'preparing') game.cancel();
}

/** Has the bot write, and begins a round. */
export async function startQuiz(run: RunSummary): Promise<void> {
  if (activity.value !== null || !isEngineReady.value) return;
  const controller = new AbortController();
  const cancel = () => controller.abort();
  activity.value = 'writing';
  quizError.value = null;
  quizGame.value = { kind: 'preparing', progress: null, cancel };
  const isOn = () => quizGame.value?.kind === 'preparing' && quizGame.value.cancel === cancel;
  try {
    const onProgress = (progress: QuizProgress) => {
      if (isOn()) quizGame.value = { kind: 'preparing', progress, cancel };
    };
    const quiz = await call(
      'makeQuiz',
      { runId: run.id },
      { signal: controller.signal, onProgress },
    );
    if (!isOn()) return;
    quizGame.value =
      quiz.kind === 'ready' ? { kind: 'playing', quiz, answers: [], chosen: null } : quiz;
  } catch (thrown) {
    if (!isOn()) return;
    quizGame.value = { kind: 'intro' };
    quizError.value = localError(thrown);
  } finally {
    activity.value = null;
  }
}

/** Takes this tweet of the pair on show for the real one. */
export function chooseReal(side: Side): void {
  const game = quizGame.value;
  if (game?.kind !== 'playing' || game.chosen !== null) return;
  const { quiz, answers } = game;
  const isRight = quiz.pairs[answers.length]?.real === side;
  quizGame.value = { ...game, answers: [...answers, isRight], chosen: side };
}

/** Shows the next pair, or the outcome after the last one. */
export async function nextPair(run: RunSummary): Promise<void> {
  const game = quizGame.value;
  if (game?.kind !== 'playing' || game.chosen === null) return;
  const { quiz, answers } = game;
  if (answers.length < quiz.pairs.length) {
    quizGame.value = { ...game, chosen: null };
    return;
  }
  quizGame.value = { kind: 'done', quiz, answers };
  const { seed, version } = quiz;
  const outcome = {
    ...{ playedAt: Date.now(), seed, version, pairs: answers.length },
    right: answers.filter(Boolean).length,
    longestStreak: longestStreak(answers),
  };
  try {
    putRun(await call('recordQuiz', { runId: run.id, outcome }));
  } catch (thrown) {
    quizError.value = localError(thrown) ?? toErrorData(thrown);
  }
}

/** How many answers in a row were right up to now. */
export function presentStreak(answers: readonly boolean[]): number {
  return answers.length - 1 - answers.lastIndexOf(false);
}
