/** Says how sure a bot is of a text, and what it attended to: one forward pass over the text, whenever it is asked. */

import { MIN_TWEET_TOKENS } from '../../domain/writing.ts';
import { attentionOf } from '../../generate/attention.ts';
import { certaintyOf, type TokenCertainty, type TokenChance } from '../../generate/certainty.ts';
import { piecesOf } from '../../generate/pieces.ts';
import type { Certainty, CertaintyStep, Chance } from '../../protocol/certainty.ts';
import type { Handlers } from '../../protocol/serve.ts';
import type { EngineContext } from '../runtime/context.ts';
import type { LiveModel } from '../runtime/runtime.ts';
import { loadBot } from './load-bot.ts';

const RUNNERS_UP = 5;

type CertaintyMethod = 'certaintyOfText' | 'attentionOfText';

export function certaintyHandlers(context: EngineContext): Pick<Handlers, CertaintyMethod> {
  const { runtime } = context;
  return {
    certaintyOfText: ({ runId, text, settings }, { signal }) =>
      context.briefly(async () => {
        const { model, tokenizer } = await loadBot(context, runId, signal);
        const ids = tokenizer.encode(text);
        const steps = await certaintyOf(runtime.ops, model, tokenizer, ids, {
          ...settings,
          minTokens: MIN_TWEET_TOKENS,
          runnersUp: RUNNERS_UP,
          signal,
        });
        runtime.ops.trim();
        return described(tokenizer, ids, steps);
      }),
    attentionOfText: ({ runId, text, step }, { signal }) =>
      context.briefly(async () => {
        const { model, tokenizer } = await loadBot(context, runId, signal);
        const ids = Int32Array.of(tokenizer.endOfTextId, ...tokenizer.encode(text));
        const before = ids.subarray(0, Math.min(step + 1, model.config.blockSize));
        const row = await attentionOf(runtime.ops, model, before, signal);
        runtime.ops.trim();
        return row;
      }),
  };
}

function described(
  tokenizer: LiveModel['tokenizer'],
  ids: Int32Array,
  found: readonly TokenCertainty[],
): Certainty {
  const chance = ({ id, probability, settingsProbability }: TokenChance): Chance => {
    const text = id === tokenizer.endOfTextId ? null : tokenizer.decode([id]);
    const isPart = text?.includes('\uFFFD') === true;
    return { text, isPart, probability, settingsProbability };
  };
  const steps = found.map(
    (step): CertaintyStep => ({
      ...chance(step),
      rank: step.rank,
      runnersUp: step.runnersUp.map(chance),
    }),
  );
  const shown = piecesOf(tokenizer, ids).filter(
    ({ first, count }) => first + count <= found.length,
  );
  return {
    pieces: shown.map(({ text, first, count }) => ({
      text,
      steps: steps.slice(first, first + count),
    })),
    end: steps[ids.length] ?? null,
  };
}
