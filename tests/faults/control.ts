/** Nothing is done to the page, which has to do the whole job: the others are compared with this. */

import type { FaultGroup } from './fault.ts';
import { doWholeJob } from './whole-job.ts';

export const control: FaultGroup = {
  name: 'control',
  faults: [
    {
      name: 'nothing is done',
      inject: {},
      act: async () => {},
      expect: async ({ page }) => ({ sees: await page.title(), kept: await doWholeJob(page) }),
    },
  ],
};
