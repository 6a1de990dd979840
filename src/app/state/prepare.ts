/** Has the engine load the bot that is looked at before it is asked to write. */
import { computed, effect, untracked } from '@preact/signals';
import type { RunSummary } from '../../protocol/bots.ts';
import { activity } from './activity.ts';
import { call, computer, isEngineReady } from './engine.ts';
import { planState } from './plan.ts';
import { whenIdle } from './when-idle.ts';

/** A larger model takes seconds, and memory that the user may need for something else. */
const MAX_MODEL_BYTES = 64 * 2 ** 20;

/**
 * Loads the model of a bot when the page is idle, and again whenever it is another bot, or another computer computes.
 * What goes wrong is said when the bot is asked to write. Returns what ends this.
 *
 * @param count How many tweets it is likely to be asked for.
 */
export function prepareWhenIdle(of: () => RunSummary | null, count: number): () => void {
  // A renamed bot is the same.
  const key = computed(() => {
    const run = of();
    const bytes = run?.history.at(-1)?.bytes ?? Infinity;
    if (run === null || !isEngineReady.value || bytes > MAX_MODEL_BYTES) return null;
    return `${run.id} ${run.writesWith} ${computer.value}`;
  });
  return effect(() => {
    const runId = key.value === null ? null : (untracked(of)?.id ?? null);
    if (runId === null) return;
    return whenIdle(() => {
      // A plan needs another model on the device.
      if (activity.peek() !== null || planState.peek().kind === 'planning') return;
      call('prepareWriting', { runId, count }).catch(() => undefined);
    });
  });
}
