/** The form under "Advanced", drawn by a real browser: every option that is declared is in it. */

import { h, render } from 'preact';
import { afterEach, expect, test } from 'vitest';
import { datasets } from '../../../src/app/state/datasets.ts';
import { selectedDatasetId } from '../../../src/app/state/settings.ts';
import { invalidOverrides, overrides } from '../../../src/app/state/plan.ts';
import { TrainAdvanced } from '../../../src/app/training/train-advanced.tsx';
import {
  TRAINING_OPTION_NAMES,
  TRAINING_OPTIONS,
  type TrainingOption,
} from '../../../src/domain/training-options.ts';
import { options } from '../../../src/app/texts/en/options.ts';
import { datasetSummary } from '../../fixtures/dataset-summary.ts';

const place = document.body.appendChild(document.createElement('div'));

// Some of its tweets answer others, without which one of the options isn't shown.
const dataset = datasetSummary({ answerCount: 12 });
datasets.value = [dataset];
selectedDatasetId.value = dataset.id;

afterEach(() => {
  render(null, place);
  overrides.value = {};
});

/** The control that a label names. */
function control(label: string): HTMLInputElement | HTMLSelectElement {
  const labels = [...place.querySelectorAll('label')].filter(
    ({ textContent }) => textContent === label,
  );
  expect(labels, label).toHaveLength(1);
  const found = labels[0]?.control;
  if (found instanceof HTMLInputElement || found instanceof HTMLSelectElement) return found;
  throw new Error(`${label} names no control`);
}

/** Preact draws in a microtask, so that the next task finds it done. */
const redrawn = () => new Promise((resolve) => setTimeout(resolve));

test.each(TRAINING_OPTION_NAMES)('%s is shown, and set by its control', async (name) => {
  const option: TrainingOption = TRAINING_OPTIONS[name];
  if (option.onlyFor !== undefined) overrides.value = { mode: option.onlyFor };
  render(h(TrainAdvanced, {}), place);
  const field = control(options.fields[name].label);
  const described = field.getAttribute('aria-describedby')?.split(' ') ?? [];
  const [hint, bounds] = described.map((id) => place.querySelector(`[id="${id}"]`)?.textContent);
  const words = options.fields[name].hint;
  expect(hint).toBe(typeof words === 'string' ? words : words(12));
  // A plain sentence for each.
  expect(hint).toMatch(/^[A-Z\d].*\w\.$/);
  if (option.kind === 'number') expect(bounds).toMatch(/^(From|A share from) [\d.,]+ to [\d.,]+/);

  if (option.kind === 'flag') {
    field.click();
    expect(overrides.value[name]).toBe(true);
  } else if (option.kind === 'choice') {
    const last = option.choices.at(-1) ?? '';
    field.value = last;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    expect(overrides.value[name]).toBe(last);
  } else {
    for (const [value, isUsed] of [
      [option.min, true],
      [option.max, true],
      [option.max + 1, false],
      [option.min - 1, false],
    ] as const) {
      field.value = String(value);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      expect(overrides.value[name]).toBe(isUsed ? value : undefined);
      expect(invalidOverrides.value.has(name)).toBe(!isUsed);
      await redrawn();
    }
  }
});
