/** The choice Custom: values of the user's own are shown as such, and are never lost by choosing a preset. */

import { beforeEach, expect, test, vi } from 'vitest';
import {
  chooseCustom,
  chooseNamed,
  isCustom,
  isCustomChosen,
  toPreset,
} from '../../../src/app/state/custom.ts';
import {
  formVersion,
  invalidOverrides,
  overrides,
  preset,
  setOverride,
} from '../../../src/app/state/plan.ts';
import { presetChoice } from '../../../src/app/state/settings.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

beforeEach(() => {
  toPreset();
  chooseNamed('quick');
});

test('any value of the user’s own makes it Custom, also one that isn’t valid yet', () => {
  expect(isCustom.value).toBe(false);
  setOverride('epochs', 3);
  expect(isCustom.value).toBe(true);
  expect(preset.value).toBe('quick');
  setOverride('epochs', undefined);
  expect(isCustom.value).toBe(false);
  setOverride('epochs', undefined, false);
  expect(isCustom.value).toBe(true);
});

test('a preset puts the values aside, and Custom brings them back', () => {
  setOverride('epochs', 3);
  setOverride('seed', undefined, false);
  const shown = formVersion.value;
  chooseNamed('good');
  expect([isCustom.value, presetChoice.value, overrides.value]).toEqual([false, 'good', {}]);
  expect(invalidOverrides.value.size).toBe(0);
  // The fields keep what was typed into them until the form is filled anew.
  expect(formVersion.value).toBeGreaterThan(shown);

  chooseNamed('best');
  chooseCustom();
  expect(overrides.value).toMatchObject({ epochs: 3 });
  expect([isCustom.value, preset.value]).toEqual([true, 'best']);
});

test('Custom can be chosen before anything is changed, and be left again', () => {
  chooseCustom();
  toPreset();
  chooseNamed('quick');
  chooseCustom();
  expect(isCustomChosen.value).toBe(true);
  toPreset();
  expect([isCustom.value, overrides.value]).toEqual([false, {}]);
});
