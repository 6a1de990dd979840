// @ts-nocheck: peers are not among our dependencies, so their types are missing.
/** `@genai-fi/nanogpt` with activations as pairs of float16. */

import { createStep as createNanogptStep } from './nanogpt.mjs';

export const createStep = (shape, options, random) =>
  createNanogptStep(shape, options, random, true);
