/** Fails when the page's first load has more script than it may: 60 kB gzip before the worker. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const budgetBytes = 60_000;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const html = readFileSync(`${dist}index.html`, 'utf8');
const scripts = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map(([, path]) => path);
if (scripts.length === 0) throw new Error('dist/index.html loads no script: build first');
const total = scripts.reduce(
  (sum, path) => sum + gzipSync(readFileSync(dist + path)).byteLength,
  0,
);
console.log(
  `first load: ${total} bytes of script, gzip (${scripts.join(', ')}); budget ${budgetBytes}`,
);
if (total > budgetBytes) process.exit(1);
