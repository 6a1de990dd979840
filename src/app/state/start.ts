/** The button that starts a training: pressed early, it waits until it is known how long the training takes. */
import { effect, signal } from '@preact/signals';
import { selectedDataset } from './datasets.ts';
import { planState, startBlocker } from './plan.ts';
import { startTraining } from './training.ts';

/** The user has asked for a start, and the plan is still being made. */
export const isStartAwaited = signal(false);

/** Starts the training that is in the form, as soon as there is a plan of it. */
export function start(): void {
  if (startBlocker.value?.kind === 'planning') isStartAwaited.value = true;
  else begin();
}

export function dontStart(): void {
  isStartAwaited.value = false;
}

/** A start that waits ends with the plan: in a training, or in nothing where the plan failed or is not wanted any more. */
export function startAwaitingPlans(): () => void {
  return effect(() => {
    if (!isStartAwaited.value || startBlocker.value?.kind === 'planning') return;
    isStartAwaited.value = false;
    if (startBlocker.value === null && planState.value.kind === 'planned') begin();
  });
}

function begin(): void {
  void startTraining(selectedDataset.peek()?.name ?? '');
}
