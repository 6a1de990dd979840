/**
 * `npm run browsers`: the built site in Firefox and WebKitGTK. Ends with the tests that were skipped and why, and
 * with the counts. Arguments are passed on to Vitest, e.g. `npm run browsers -- --project webkit`.
 */

import { runTests } from './support/run-tests.mjs';
import { closingLines } from './support/test-report.mjs';

const config = ['-c', 'tests/engines/vitest.config.ts'];
const outcome = runTests('npm-run-browsers', [...config, ...process.argv.slice(2)], {});
console.log(closingLines(outcome).join('\n'));
process.exitCode = outcome.failed === 0 ? 0 : 1;
