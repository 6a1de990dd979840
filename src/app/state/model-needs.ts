/** The memory that training each model needs on the present backend. The engine is asked once for each. */
import { effect, signal } from '@preact/signals';
import type { ModelShape, TrainingNeeds } from '../../protocol/models.ts';
import { CATALOGUE } from '../models/catalogue.ts';
import { baseModels } from './base-models.ts';
import { call, computer, isEngineReady } from './engine.ts';

const answers = signal<ReadonlyMap<string, TrainingNeeds | null>>(new Map());
const asked = new Set<string>();

function keyOf(model: ModelShape): string {
  const { layers, heads, channels, inner, hasOwnHead, vocabulary, context } = model;
  const shape = [layers, heads, channels, inner, hasOwnHead, vocabulary, context];
  return [...shape, computer.value].join(' ');
}

/** Null if no way to train it fits, and undefined until the engine has answered. */
export function needsOf(model: ModelShape): TrainingNeeds | null | undefined {
  return answers.value.get(keyOf(model));
}

/** Asks the engine whenever there are new models or another backend. */
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
    const needs = await call('estimateNeeds', { models });
    answers.value = new Map([
      ...answers.value,
      ...keys.map((key, i) => [key, needs[i] ?? null] as const),
    ]);
  } catch {
    // The engine is lost, which the page tells elsewhere. The next engine is asked again.
    for (const key of keys) asked.delete(key);
  }
}
