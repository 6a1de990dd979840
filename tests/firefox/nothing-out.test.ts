/** That nothing can be sent out of the page in Firefox. */

import { describe } from 'vitest';
import { hasFirefox, launchFirefox } from '../engines/firefox.ts';
import { describeNothingOut } from '../engines/nothing-out.ts';
import { onlyWhere } from '../support/skipping.ts';

const here = onlyWhere(hasFirefox, 'Firefox ESR is not installed');

describe('Firefox', here, () => {
  describeNothingOut(launchFirefox);
});
