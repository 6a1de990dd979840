/** “Real or bot?”: pairs of a held-out tweet and one that the bot writes for the purpose. */

import { hasCode, mynahError } from '../../core/errors.ts';
import { drawSeed } from '../../core/random.ts';
import { QUIZ_PAIRS, writingVersion } from '../../domain/quiz.ts';
import { MAX_TWEET_CHARACTERS } from '../../domain/tweet-text.ts';
import { MIN_TWEET_TOKENS, WRITING_DEFAULTS } from '../../domain/writing.ts';
import { TextIndex } from '../../generate/novelty.ts';
import { quizPairs } from '../../generate/quiz-pairs.ts';
import { writeTweets } from '../../generate/write.ts';
import { throttleProgress } from '../../protocol/progress.ts';
import type { Quiz, QuizProgress } from '../../protocol/quiz.ts';
import type { Handler, Handlers } from '../../protocol/serve.ts';
import { addQuiz } from '../../storage/quizzes.ts';
import { runSummary } from '../../storage/run-summary.ts';
import { getRun } from '../../storage/runs.ts';
import { splitTexts } from '../../train/split-texts.ts';
import { documentsOf, textsOfRun, type TokenCache } from '../datasets/texts.ts';
import type { EngineContext } from '../runtime/context.ts';
import type { LiveModel } from '../runtime/runtime.ts';
import { loadBot } from './load-bot.ts';

/** Until there are enough pairs of similar length, this many tweets are written at a time, */
const TWEETS_PER_TRY = 25;
/** and so at most this many times. */
const MAX_TRIES = 3;

export function quizHandlers(
  context: EngineContext,
  tokens: TokenCache,
): Pick<Handlers, 'makeQuiz' | 'recordQuiz'> {
  return {
    makeQuiz: makeQuiz(context, tokens),
    recordQuiz: async ({ runId, outcome }) =>
      runSummary(await addQuiz(await context.storage(), runId, outcome)),
  };
}

function makeQuiz(context: EngineContext, tokens: TokenCache): Handler<'makeQuiz'> {
  return async ({ runId, seed = drawSeed() }, { signal, report }) => {
    const progress = throttleProgress(report);
    const make = async (): Promise<Quiz> => {
      const storage = await context.storage();
      const run = await getRun(storage, runId);
      if (run === null) throw mynahError('not-found', { what: 'run', id: runId });
      const texts = await textsOfRun(context, run).catch((error: unknown) => {
        if (hasCode(error, 'not-found')) return null;
        throw error;
      });
      if (texts === null) return { kind: 'impossible', reason: 'no-tweets', heldOut: 0 };
      progress.report({ phase: 'loading-model', written: 0, wanted: TWEETS_PER_TRY });
      const live = await loadBot(context, runId, signal);
      const accounts = await tokens.of(texts, run.modelId, live.tokenizer, signal);
      const split = splitTexts(documentsOf(texts.accounts), accounts, run.recipe);
      const known = await TextIndex.of(split.training, signal);
      const isNew = (text: string) => known.find({ text, promptLength: 0 })?.isWhole !== true;
      const endsAtNewLine = run.dataset.options.newLines !== 'keep';
      // A real tweet that is too long for the bot would be recognized by that.
      const real = split.heldOut.filter(
        (text) => [...text].length <= MAX_TWEET_CHARACTERS && isNew(text),
      );
      if (real.length < QUIZ_PAIRS) {
        return { kind: 'impossible', reason: 'too-few-held-out', heldOut: real.length };
      }
      const heldOut = await TextIndex.of(split.heldOut, signal);
      const isOwn = (text: string) =>
        isNew(text) && heldOut.find({ text, promptLength: 0 })?.isWhole !== true;
      const written = new Set<string>();
      for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
        const first = attempt * TWEETS_PER_TRY;
        const options = { first, seed, endsAtNewLine, signal };
        for (const text of await write(context, live, options, progress.report)) {
          if (text !== '' && isOwn(text)) written.add(text);
        }
        const pairs = quizPairs(real, [...written], QUIZ_PAIRS, seed);
        if (pairs !== null) return { kind: 'ready', seed, pairs, version: writingVersion(run) };
      }
      return { kind: 'impossible', reason: 'too-different', heldOut: real.length };
    };
    try {
      return await context.exclusive('generating', make);
    } finally {
      progress.flush();
    }
  };
}

interface WriteSome {
  /** The number of the first tweet among all of this seed. */
  readonly first: number;
  readonly seed: number;
  readonly endsAtNewLine: boolean;
  readonly signal: AbortSignal;
}

/** Writes without a start, and with the settings that are the default for everyone. */
async function write(
  context: EngineContext,
  { model, tokenizer }: LiveModel,
  { first, ...options }: WriteSome,
  report: (progress: QuizProgress) => void,
): Promise<readonly string[]> {
  const wanted = TWEETS_PER_TRY;
  const drafts = writeTweets(context.runtime.ops, model, tokenizer, {
    ...{ ...WRITING_DEFAULTS, ...options, prompt: '', count: wanted, firstSequence: first },
    minTokens: MIN_TWEET_TOKENS,
  });
  let written = 0;
  let next = await drafts.next();
  for (; !next.done; next = await drafts.next()) {
    written += next.value.filter(({ isDone }) => isDone).length;
    report({ phase: 'writing', written, wanted });
  }
  context.runtime.ops.trim();
  return next.value.tweets;
}
