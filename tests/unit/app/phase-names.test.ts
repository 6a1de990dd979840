import { expect, it } from 'vitest';
import { phaseText } from '../../../src/app/training/phase-names.ts';

it('says how much of a model has loaded, in whole percent and never too much', () => {
  expect(phaseText('loading-model', undefined)).toBe('Loading the model');
  expect(phaseText('loading-model', { done: 0, count: 498e6 })).toBe('Loading the model, 0%');
  expect(phaseText('loading-model', { done: 497.9e6, count: 498e6 })).toBe(
    'Loading the model, 99%',
  );
  expect(phaseText('timing', undefined)).toBe('Timing a few steps');
  expect(phaseText('compiling', { done: 20, count: 41 })).toBe(
    'Getting your graphics card ready, 48%',
  );
});
