/** The tweets that a bot writes while it is trained, to see what it has learned by then. */

import { MIN_TWEET_TOKENS, SAMPLE_PROMPTS, WRITING_DEFAULTS } from '../../domain/writing.ts';
import { writeTweets } from '../../generate/write.ts';
import type { SampleTweet } from '../../protocol/training.ts';
import { MAX_SAMPLE_TOKENS } from '../../train/recipe.ts';
import type { EngineContext } from '../runtime/context.ts';
import type { Session } from './run-loop.ts';

/**
 * Yields a tweet for each of the fixed prompts. The random numbers are always the same, so that what changes
 * from step to step is what was learned. Ends early when the time is over, or when it isn't wanted any more.
 *
 * @param deadlineMs On the clock of `performance.now`.
 */
export async function* sampleTweets(
  { runtime }: EngineContext,
  { recipe, live, run }: Pick<Session, 'recipe' | 'live' | 'run'>,
  deadlineMs: number,
  signal: AbortSignal,
): AsyncGenerator<Omit<SampleTweet, 'step'>> {
  for (const prompt of SAMPLE_PROMPTS) {
    const drafts = writeTweets(runtime.ops, live.model, live.tokenizer, {
      prompt,
      count: 1,
      ...WRITING_DEFAULTS,
      maxTokens: MAX_SAMPLE_TOKENS,
      minTokens: MIN_TWEET_TOKENS,
      endsAtNewLine: run.dataset.options.newLines !== 'keep',
      seed: recipe.seed,
    });
    let text: string | null = null;
    for await (const [draft] of drafts) {
      if (draft?.isDone) text = draft.text.trim();
      else if (signal.aborted || performance.now() > deadlineMs) return;
    }
    if (text !== null) yield { prompt, text };
  }
}
