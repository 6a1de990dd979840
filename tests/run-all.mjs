/**
 * `npm test`: unit tests in Node, then browser tests in Chromium beside end-to-end tests on the built
 * site. `npm run walks`: the walks through all of the built site. Each ends with the tests that were skipped and why,
 * and with the counts. Arguments are passed on to Vitest, e.g. `npm test -- tests/unit/archive`.
 */

import { runTests } from './support/run-tests.mjs';
import { closingLines } from './support/test-report.mjs';
import { vulkanEnvironment } from './support/vulkan.mjs';

const [first, ...others] = process.argv.slice(2);
const isWalks = first === '--walks';
const outcome = runTests(
  isWalks ? 'npm-run-walks' : 'npm-test',
  isWalks ? ['--project=walks', ...others] : ['--project=!walks', ...process.argv.slice(2)],
  vulkanEnvironment(),
);
console.log(closingLines(outcome).join('\n'));
process.exitCode = outcome.failed === 0 ? 0 : 1;
