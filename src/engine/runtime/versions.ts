/** The versions of Mynah and of the libraries it depends on, which every run records. */

import { dependencies, version } from '../../../package.json';

export const versions: Readonly<Record<string, string>> = { mynah: version, ...dependencies };
