/** Mynah's version and those of the libraries a run depends on, pinned exactly, as a run records them. */

import { dependencies, version } from '../../../package.json';

export const versions: Readonly<Record<string, string>> = { mynah: version, ...dependencies };
