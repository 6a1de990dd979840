/** What WebKitGTK may lack, one gap at a time. */

import { describe } from 'vitest';
import { hasWebKit, launchWebKit } from '../engines/webkit.ts';
import { describeGaps } from '../engines/gaps.ts';
import { onlyWhere } from '../support/skipping.ts';

const here = onlyWhere(hasWebKit, 'WebKitWebDriver, its MiniBrowser or Xvfb is not installed');

describe('WebKitGTK', here, () => {
  describeGaps(launchWebKit);
});
