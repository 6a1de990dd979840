import { expect, it } from 'vitest';
import { phaseText } from '../../../src/app/training/phase-names.ts';

it('says how much of a model has loaded, in whole percent and never too much', () => {
  expect(phaseText('loading-model', undefined)).toBe('Loading the model');
  expect(phaseText('loading-model', { bytes: 0, totalBytes: 498e6 })).toBe(
    'Loading the model, 0 %',
  );
  expect(phaseText('loading-model', { bytes: 497.9e6, totalBytes: 498e6 })).toBe(
    'Loading the model, 99 %',
  );
  expect(phaseText('timing', { bytes: 1, totalBytes: 2 })).toBe('Timing a few steps');
});
