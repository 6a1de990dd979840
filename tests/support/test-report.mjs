/** What Vitest's JSON report says, and how `npm test` ends. */

import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: { name: string, reason: string }[] }} Outcome */

/**
 * The part of the report that is read here.
 * @typedef {{ status: string, fullName: string, meta: { skipReason?: string } }} ReportedTest
 * @typedef {{ numPassedTests: number, numFailedTests: number,
 *   testResults: { assertionResults: ReportedTest[] }[] }} Report
 */

/**
 * @param {string} path
 * @param {boolean} isByName whether tests were chosen by name: then Vitest reports all others as skipped
 * @returns {Outcome | null} null if there is no such report
 */
export function readOutcome(path, isByName) {
  /** @type {Report} */
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
  const skipped = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status, meta }) => {
      const isSkipped = status !== 'passed' && status !== 'failed';
      return isSkipped && !(isByName && meta.skipReason === undefined);
    })
    .map(({ fullName, meta }) => ({
      name: fullName,
      reason: meta.skipReason ?? 'the test gives no reason',
    }));
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped };
}

/**
 * The outcome of several runs together.
 * @param {readonly Outcome[]} outcomes
 * @returns {Outcome}
 */
export function addOutcomes(outcomes) {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
  };
}

/**
 * The skipped tests by reason, and as the last line the counts.
 * @param {Outcome} outcome
 * @returns {string[]}
 */
export function closingLines({ passed, failed, skipped }) {
  const named = [...new Set(skipped.map(({ reason }) => reason))].flatMap((reason) => [
    `Skipped, because ${reason}:`,
    ...skipped.filter((test) => test.reason === reason).map(({ name }) => `  ${name}`),
  ]);
  const counts = [`${passed} passed`, `${failed} failed`];
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  return [...named, counts.join(', ')];
}
