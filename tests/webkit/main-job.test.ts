/** The whole job in WebKitGTK, on WebAssembly. */

import { describe } from 'vitest';
import { describeMainJob } from '../engines/main-job.ts';
import { hasWebKit, launchWebKit } from '../engines/webkit.ts';
import { onlyWhere } from '../support/skipping.ts';

const webkit = onlyWhere(hasWebKit, 'WebKitWebDriver, its MiniBrowser or Xvfb is not installed');

describe('WebKitGTK on WebAssembly', webkit, () => {
  describeMainJob(launchWebKit);
});
