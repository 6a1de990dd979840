/**
 * The end of `.ci/run`: what `npm test`, `npm run walks`, `npm run browsers` and `npm run interop` skipped and why, and
 * as the last line the counts of all together. A run that has left no outcome counts as one failure.
 */

import { readFileSync } from 'node:fs';
import { outcomeFile } from './support/run-tests.mjs';
import { addOutcomes, closingLines } from './support/test-report.mjs';

/**
 * @param {string} name
 * @returns {import('./support/test-report.mjs').Outcome}
 */
function outcomeOf(name) {
  try {
    return JSON.parse(readFileSync(outcomeFile(name), 'utf8'));
  } catch {
    console.log(`${name} has left no outcome: counted as a failure`);
    return { passed: 0, failed: 1, skipped: [] };
  }
}

const outcome = addOutcomes(
  ['npm-test', 'npm-run-walks', 'npm-run-browsers', 'npm-run-interop'].map(outcomeOf),
);
console.log(closingLines(outcome).join('\n'));
process.exitCode = outcome.failed === 0 ? 0 : 1;
