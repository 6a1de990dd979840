/** What training each model needs on what computes now, as the engine says. It is asked once a model. */
import { effect, signal } from '@preact/signals';
import type { ModelShape, TrainingNeeds } from '../../protocol/calls.ts';
import { CATALOGUE } from '../models/catalogue.ts';
import { baseModels } from './base-models.ts';
import { call, computer, isEngineReady } from './engine.ts';

const answers = signal<ReadonlyMap<string, TrainingNeeds | null>>(new Map());
const asked = new Set<string>();

function keyOf({ layers, heads, channels, vocabulary, context }: ModelShape): string {
  return [layers, heads, channels, vocabulary, context, computer.value].join(' ');
}

/** Null where no way to train it fits; undefined until the engine has answered. */
export function needsOf(model: ModelShape): TrainingNeeds | null | undefined {
  return answers.value.get(keyOf(model));
}

/** Asks whenever there are models, or something that computes, that haven't been asked about. */
export function startAskingNeeds(): () => void {
  return effect(() => {
    const models = [...CATALOGUE, ...baseModels.value].filter((model) => !asked.has(keyOf(model)));
    if (isEngineReady.value && models.length > 0) void ask(models);
  });
}

async function ask(models: readonly ModelShape[]): Promise<void> {
  const keys = models.map(keyOf);
  for (const key of keys) asked.add(key);
  try {
    const shapes = models.map(
      ({ layers, heads, channels, vocabulary, context }): ModelShape => ({
        layers,
        heads,
        channels,
        vocabulary,
        context,
      }),
    );
    const needs = await call('estimateNeeds', { models: shapes });
    answers.value = new Map([
      ...answers.value,
      ...keys.map((key, i) => [key, needs[i] ?? null] as const),
    ]);
  } catch {
    // The engine is gone, and the page says so: its next one is asked again.
    for (const key of keys) asked.delete(key);
  }
}
