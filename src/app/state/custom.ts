/** Whether the next training has values of the user's own, and what becomes of them when a preset is chosen. */
import { batch, computed, signal } from '@preact/signals';
import type { Preset, RecipeOverrides } from '../../domain/training-options.ts';
import { fillForm, invalidOverrides, overrides, repeatedRun } from './plan.ts';
import { presetChoice } from './settings.ts';

/** Chosen by hand, before any value has been changed. */
export const isCustomChosen = signal(false);
/** The values of the user's own when a preset was last chosen instead of them. */
const putAside = signal<RecipeOverrides>({});

/** Some value isn't left to the preset, or is about to be. */
export const hasOwnValues = computed(
  () =>
    invalidOverrides.value.size > 0 ||
    Object.values(overrides.value).some((value) => value !== undefined),
);

export const isCustom = computed(() => isCustomChosen.value || hasOwnValues.value);

/** The values of the user's own are put aside, and come back with {@link chooseCustom}. */
export function chooseNamed(name: Preset): void {
  batch(() => {
    presetChoice.value = name;
    if (hasOwnValues.value) putAside.value = overrides.value;
    toPreset();
  });
}

/** The fields are opened, and begin with the values of the preset that was chosen. */
export function chooseCustom(): void {
  batch(() => {
    isCustomChosen.value = true;
    overrides.value = putAside.value;
    fillForm();
  });
}

/** Leaves every value to the preset. */
export function toPreset(): void {
  batch(() => {
    const isChange = isCustom.value || repeatedRun.value !== null;
    isCustomChosen.value = false;
    overrides.value = {};
    invalidOverrides.value = new Set();
    repeatedRun.value = null;
    if (isChange) fillForm();
  });
}
