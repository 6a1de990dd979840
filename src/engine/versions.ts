/** Library versions, as a run records them. */

import { version as tfjs } from '@tensorflow/tfjs-core/package.json';

export const versions: Readonly<Record<string, string>> = { '@tensorflow/tfjs': tfjs };
