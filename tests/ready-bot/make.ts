/**
 * Makes the ready-made bot that comes with the page, and proves that the committed one is what its record says.
 *
 *   npx tsx tests/ready-bot/make.ts           trains it; writes the file, its record and its name
 *   npx tsx tests/ready-bot/make.ts --check   checks the committed ones, in a second and without training
 *
 * `tests/ready-bot/README.md` says how the recipe was chosen. Training is the page's own code on WebAssembly with one
 * thread, so the same seed gives the committed file again, byte for byte.
 */

import { parseArgs } from 'node:util';
import { READY_BOT } from '../../src/domain/ready-bot.ts';
import { checkReadyBot } from './check.ts';

const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

function check(): void {
  const problems = checkReadyBot();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  console.log(`${READY_BOT.file} is as its record says`);
}

if (options.check) {
  check();
} else {
  // Not for a check: what trains takes a second to load, and a port in it keeps the process from ending.
  const { makeReadyBot } = await import('./make-bot.ts');
  await makeReadyBot();
  process.exit();
}
