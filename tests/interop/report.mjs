/** Counts checks and prints a line for each, as `report.py` does. */

let passed = 0;
let failed = 0;

/**
 * @param {string} name
 * @param {boolean} isRight
 * @param {string} detail
 */
export function check(name, isRight, detail = '') {
  if (isRight) passed++;
  else failed++;
  console.log(`${isRight ? 'pass' : 'FAIL'}  ${name}${detail === '' ? '' : `: ${detail}`}`);
}

/** Prints the counts, which `interop.mjs` adds up, and ends the process, with an error if a check has failed. */
export function close() {
  console.log(`${passed} passed, ${failed} failed, 0 skipped`);
  process.exit(failed > 0 ? 1 : 0);
}
