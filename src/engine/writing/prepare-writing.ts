/** Makes a bot ready, so that its first word comes at once when the user asks for it. */

import { WRITING_DEFAULTS } from '../../domain/writing.ts';
import { writeTweets } from '../../generate/write.ts';
import type { Handler } from '../../protocol/serve.ts';
import type { EngineContext } from '../runtime/context.ts';
import { loadBot } from './load-bot.ts';

/** Any words will do: what is compiled doesn't depend on them. */
const START = 'My dream is';
/** The last tokens of a batch are drawn as the first ones are. */
const NEW_TOKENS = 4;

export function prepareWriting(context: EngineContext): Handler<'prepareWriting'> {
  const { runtime } = context;
  return ({ runId, count }, { signal }) =>
    context.briefly(async () => {
      const { model, tokenizer } = await loadBot(context, runId, signal);
      const drafts = writeTweets(runtime.ops, model, tokenizer, {
        ...{ ...WRITING_DEFAULTS, prompt: START, count, seed: 0, signal },
        minTokens: model.config.blockSize,
      });
      for (let row = 0; row < NEW_TOKENS; row++) await drafts.next();
      await drafts.return({ tweets: [], tokens: 0 });
      runtime.ops.trim();
      return {};
    });
}
