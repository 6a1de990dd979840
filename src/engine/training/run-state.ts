/** What the engine keeps with a run beside its recipe. */

import type { BaseOfBot } from '../../bots/bot-record.ts';
import { mynahError } from '../../core/errors.ts';

export interface RunState {
  /** The stored base model: its tokenizer and shapes are the bot's. */
  readonly modelId: string;
  /** What a bot from a file was trained from: its stored model is the bot itself. */
  readonly base?: BaseOfBot | undefined;
}

/** Stored state is foreign data. Throws `checkpoint-incompatible`. */
export function parseRunState(value: unknown): RunState {
  const { modelId, base } = (value ?? {}) as Record<string, unknown>;
  if (typeof modelId !== 'string') {
    throw mynahError('checkpoint-incompatible', { reason: 'the run names no base model' });
  }
  return { modelId, base: base as RunState['base'] };
}

/** The base model a run needs; null where its state doesn't say. */
export function neededModel(state: unknown): string | null {
  const { modelId } = (state ?? {}) as Record<string, unknown>;
  return typeof modelId === 'string' ? modelId : null;
}

/** Key of a live model with the weights of a run; null while they are ahead of any checkpoint. */
export function runKey(runId: string, checkpointId: string | null): string {
  return `run ${runId} ${checkpointId ?? 'unsaved'}`;
}
