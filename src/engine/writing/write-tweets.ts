/** Generates tweets with a trained bot. */

import { mynahError } from '../../core/errors.ts';
import { drawSeed } from '../../core/random.ts';
import { MIN_TWEET_TOKENS } from '../../domain/writing.ts';
import { findCopies } from '../../generate/novelty.ts';
import { writeTweets } from '../../generate/write.ts';
import type { GenerateResult } from '../../protocol/writing.ts';
import { mergeGenerateProgress, throttleProgress } from '../../protocol/progress.ts';
import type { Handler } from '../../protocol/serve.ts';
import { getRun, type RunRecord } from '../../storage/runs.ts';
import { writingWeights } from '../../storage/run-summary.ts';
import type { EngineContext } from '../runtime/context.ts';
import { loadBase, loadLearned } from '../runtime/live-models.ts';
import { runKey } from '../runtime/stored-run.ts';
import type { LiveModel } from '../runtime/runtime.ts';
import { textsOfRun } from '../datasets/texts.ts';

const MAX_TWEETS = 100;

export function generate(context: EngineContext): Handler<'generate'> {
  return (params, { signal, report }) =>
    context.exclusive('generating', async (): Promise<GenerateResult> => {
      const progress = throttleProgress(report, mergeGenerateProgress);
      try {
        progress.report({ phase: 'loading-model', tweets: [] });
        const { model, tokenizer } = await loadRun(context, params.runId, signal);
        const run = await getRun(await context.storage(), params.runId);
        const endsAtNewLine = run?.dataset.options.newLines !== 'keep';
        const seed = params.seed ?? drawSeed();
        const startedMs = performance.now();
        const drafts = writeTweets(context.runtime.ops, model, tokenizer, {
          ...params,
          count: Math.min(MAX_TWEETS, Math.max(1, Math.floor(params.count))),
          minTokens: MIN_TWEET_TOKENS,
          seed,
          endsAtNewLine,
          signal,
        });
        let next = await drafts.next();
        for (; !next.done; next = await drafts.next()) {
          progress.report({ phase: 'writing', tweets: next.value });
        }
        const seconds = (performance.now() - startedMs) / 1000;
        const { tweets, tokens } = next.value;
        const copies = run && (await copiesIn(context, run, tweets, params.prompt, signal));
        // The cache of many tweets is large, and the next ones may be fewer.
        context.runtime.ops.trim();
        return { seed, tweets, copies, tokens, tokensPerSecond: tokens / seconds };
      } finally {
        progress.flush();
      }
    });
}

/** Null if the training texts are gone or unreadable, which must not affect the generated tweets. */
async function copiesIn(
  context: EngineContext,
  run: RunRecord,
  tweets: readonly string[],
  prompt: string,
  signal: AbortSignal,
): Promise<GenerateResult['copies']> {
  const texts = await textsOfRun(context, run).catch(() => null);
  if (texts === null) return null;
  const start = prompt.trim();
  const written = tweets.map((text) => ({
    text,
    promptLength: text.startsWith(start) ? start.length : 0,
  }));
  const documents = texts.accounts.flatMap((account) => account.documents);
  return findCopies(written, documents, signal);
}

/**
 * Loads the model with which a bot writes. An adapter is merged into float32 weights, because then a
 * token takes no longer than with any model. Merging into float16 weights would round them again, so
 * there the adapter stays separate, which takes some more dispatches per token.
 *
 * @throws `not-found`, `not-trained-yet`, `stored-data-damaged`.
 */
async function loadRun(
  context: EngineContext,
  runId: string,
  signal: AbortSignal,
): Promise<LiveModel> {
  const { runtime } = context;
  const run = await getRun(await context.storage(), runId);
  if (run === null) throw mynahError('not-found', { what: 'run', id: runId });
  const writing = writingWeights(run);
  if (writing === null) throw mynahError('not-trained-yet', {});
  const { checkpointId } = writing;
  if (checkpointId === null) {
    // A bot that was opened from a file has no checkpoint and writes with its own base model.
    return loadBase(context, run.modelId, { kind: 'full' }, signal);
  }
  const key = runKey(runId, checkpointId);
  const live = runtime.find(key) ?? (await loadLearned(context, run, checkpointId, signal, key));
  const { mode } = run.recipe;
  if (mode.kind === 'lora' && !mode.isBaseHalf && live.model.adapter) live.model.mergeAdapter();
  return live;
}
