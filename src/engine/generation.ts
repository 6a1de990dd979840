/** Writing with a trained bot. */

import { mynahError } from '../core/errors.ts';
import { drawSeed } from '../core/random.ts';
import { writeTweets } from '../generate/write.ts';
import { GPT2 } from '../model/gpt2.ts';
import type { GenerateResult } from '../protocol/calls.ts';
import { mergeGenerateProgress, throttleProgress } from '../protocol/progress.ts';
import type { Handler } from '../protocol/serve.ts';
import { isWeight, readCheckpoint } from '../storage/checkpoints.ts';
import { getRun, writingWeights } from '../storage/runs.ts';
import { restoreWeights } from '../train/checkpoint.ts';
import { readModelFiles } from './base-model.ts';
import type { EngineContext } from './context.ts';
import type { Preparation } from './prepare.ts';
import { parseRunState, runKey } from './run-state.ts';
import type { LiveModel } from './runtime.ts';

/** The recipe's: a tweet doesn't end before ten tokens. */
const minTokens = 10;
const mostTweets = 100;

export function generate(context: EngineContext, preparation: Preparation): Handler<'generate'> {
  return (params, { signal, report }) =>
    context.exclusive('generating', async (): Promise<GenerateResult> => {
      const progress = throttleProgress(report, mergeGenerateProgress);
      try {
        progress.report({ phase: 'loading-model', tweets: [] });
        const { model, tokenizer } = await loadRun(context, preparation, params.runId, signal);
        const seed = params.seed ?? drawSeed();
        const startedMs = performance.now();
        const drafts = writeTweets(context.runtime.ops, model, tokenizer, {
          ...params,
          count: Math.min(mostTweets, Math.max(1, Math.floor(params.count))),
          minTokens,
          seed,
          signal,
        });
        let next = await drafts.next();
        for (; !next.done; next = await drafts.next()) {
          progress.report({ phase: 'writing', tweets: next.value });
        }
        const seconds = (performance.now() - startedMs) / 1000;
        const { tweets, tokens } = next.value;
        return { seed, tweets, tokens, tokensPerSecond: tokens / seconds };
      } finally {
        progress.flush();
      }
    });
}

/** The weights of a run's last checkpoint. Throws `checkpoint-incompatible`, `weights-corrupt`. */
async function loadRun(
  context: EngineContext,
  preparation: Preparation,
  runId: string,
  signal: AbortSignal,
): Promise<LiveModel> {
  const { runtime, starter } = context;
  const storage = await context.storage();
  const run = await getRun(storage, runId);
  const writing = run && writingWeights(run);
  if (run === null || writing === null) {
    throw mynahError('checkpoint-incompatible', { reason: 'nothing has been learned yet' });
  }
  const { modelId } = parseRunState(run.state);
  // A bot from a file has no checkpoint: it writes with its own base model.
  if (writing.checkpointId === null) return preparation.loadBase(modelId, signal);
  const key = runKey(runId, writing.checkpointId);
  const found = runtime.find(key);
  if (found) return found;
  const { config, tokenizer } = await starter.repairing(storage, modelId, signal, () =>
    readModelFiles(storage, modelId),
  );
  const checkpoint = await readCheckpoint(storage, writing.checkpointId);
  runtime.release();
  const weights = await restoreWeights(runtime.ops, config, checkpoint.tensors(isWeight));
  return runtime.keep({ key, model: new GPT2(runtime.ops, config, weights), tokenizer });
}
