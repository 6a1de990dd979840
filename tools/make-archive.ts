/**
 * Writes a made-up archive: `npx tsx tools/make-archive.ts OUT --format "today’s ZIP" --tweets 100000
 * --parts 3 --bytes 2e9 --seed 1`. Without a format it lists them.
 */

import { parseArgs } from 'node:util';
import { MADE_FORMATS, type MadeFormatName } from '../tests/fixtures/made-formats.ts';
import { writeArchive } from '../tests/fixtures/write-archive.ts';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      format: { type: 'string', default: '' },
      tweets: { type: 'string', default: '1000' },
      parts: { type: 'string', default: '1' },
      bytes: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [out] = positionals;
  if (out === undefined || !Object.hasOwn(MADE_FORMATS, values.format)) {
    throw new Error(`make-archive OUT --format ${Object.keys(MADE_FORMATS).join(' | ')}`);
  }
  await writeArchive(out, {
    format: values.format as MadeFormatName,
    tweets: Number(values.tweets),
    parts: Number(values.parts),
    bytes: Number(values.bytes),
    seed: Number(values.seed),
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
