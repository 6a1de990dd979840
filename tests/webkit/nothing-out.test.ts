/** That nothing can be sent out of the page in WebKitGTK. */

import { describe } from 'vitest';
import { hasWebKit, launchWebKit } from '../engines/webkit.ts';
import { describeNothingOut } from '../engines/nothing-out.ts';
import { onlyWhere } from '../support/skipping.ts';

const here = onlyWhere(hasWebKit, 'WebKitWebDriver, its MiniBrowser or Xvfb is not installed');

describe('WebKitGTK', here, () => {
  describeNothingOut(launchWebKit);
});
