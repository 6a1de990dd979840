/** What Firefox may lack, one gap at a time. */

import { describe } from 'vitest';
import { hasFirefox, launchFirefox } from '../engines/firefox.ts';
import { describeGaps } from '../engines/gaps.ts';
import { onlyWhere } from '../support/skipping.ts';

const here = onlyWhere(hasFirefox, 'Firefox ESR is not installed');

describe('Firefox', here, () => {
  describeGaps(launchFirefox);
});
