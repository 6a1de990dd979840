/** The versions of Mynah, of the libraries it depends on, and of the browser, which every run records. */

import { dependencies, version } from '../../../package.json';
import { browserName } from '../../domain/browser-name.ts';

export const versions: Readonly<Record<string, string>> = {
  mynah: version,
  ...dependencies,
  browser: browserName(navigator.userAgent) ?? '',
};
