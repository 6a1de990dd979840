/** The whole job in Firefox, on WebAssembly. */

import { describe, test } from 'vitest';
import { hasFirefox, hasLavapipe, launchFirefox } from '../engines/firefox.ts';
import { describeMainJob } from '../engines/main-job.ts';
import { onlyWhere } from '../support/skipping.ts';

const firefox = onlyWhere(hasFirefox, 'Firefox ESR is not installed');

describe('Firefox on WebAssembly', firefox, () => {
  describeMainJob(launchFirefox);
});

// Where they can run, they are a project of their own (tests/engines/vitest.config.ts).
if (!(hasFirefox && hasLavapipe)) {
  const here = onlyWhere(false, 'Firefox ESR or Mesa’s lavapipe is not installed');
  test('the kernels’ numbers in Firefox', here, () => {});
}
