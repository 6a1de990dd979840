/**
 * `npm test`: unit tests in Node, then browser tests in Chromium beside end-to-end tests on the built
 * site. Ends with the tests that were skipped and why, and with the counts. Arguments are passed on to
 * Vitest, e.g. `npm test -- tests/unit/archive`.
 */

import { runTests } from './support/run-tests.mjs';
import { closingLines } from './support/test-report.mjs';
import { vulkanEnvironment } from './support/vulkan.mjs';

const outcome = runTests('npm-test', process.argv.slice(2), vulkanEnvironment());
console.log(closingLines(outcome).join('\n'));
process.exitCode = outcome.failed === 0 ? 0 : 1;
