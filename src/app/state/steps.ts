/** Which of the three steps are open. A step that is done folds; the user can open it again. */
import { signal } from '@preact/signals';

export type StepName = 'tweets' | 'train' | 'write';

export const openSteps = signal<{ readonly [S in StepName]: boolean }>({
  tweets: true,
  train: true,
  write: true,
});

/** The id of its heading. A shortcut of the installed page leads there. */
export const headingOfStep = (name: StepName) => `step-${name}`;

export function setOpen(changes: { readonly [S in StepName]?: boolean }): void {
  openSteps.value = { ...openSteps.value, ...changes };
}

/** Takes the user to the library, where space can be made. */
export function showLibrary(): void {
  document.getElementById(LIBRARY_ID)?.focus();
}

export const LIBRARY_ID = 'library';
