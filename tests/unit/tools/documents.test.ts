/** The documents name only files that exist: a file that is renamed or moved takes its mentions along. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

function filesIn(folder: string): string[] {
  return readdirSync(path.join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (!entry.isDirectory()) return [name];
    return NOT_OURS.has(entry.name) ? [] : filesIn(name);
  });
}

/** Folders of packages and of what is built. */
const NOT_OURS = new Set(['node_modules', 'dist', '.cache', '.git', 'coverage']);
const files = filesIn('.');
const documents = files.filter((file) => file.endsWith('.md') && !file.startsWith('public/'));

/** Files of users, of builds and of models, and patterns instead of names. */
const ELSEWHERE =
  /^(?:dist|\.cache|data|models|\.)|^\/|(?:^|\/)(?:tweets?|outbox|runs?|training_args|model|tokenizer_config)\.\w+$|[*$|{}<>…]|[A-Z]{3,}(?!\w*\.md)/;

const EXTENSIONS = /\.(?:tsx?|mjs|wgsl|json|py|sh|md|html|css|ya?ml|png)$/;

/** Links to files, and code that reads like the path or the name of a file. */
function mentions(text: string): string[] {
  const links = [...text.matchAll(/\]\(([^)#:]+)\)|(?:src|srcset)="([^":]+)"/g)];
  const code = [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, span = '']) => span.split(' '));
  return [
    ...links.map(([, link, image]) => link ?? image ?? ''),
    ...code.filter((word) => EXTENSIONS.test(word) || /^[\w.-]+(?:\/[\w.-]+)*\/$/.test(word)),
  ].filter((name) => !ELSEWHERE.test(name));
}

/** By its path from the document, from the root or from `src/`, or by the end of its path. */
function exists(document: string, name: string): boolean {
  const wanted = name.replace(/\/$/, '');
  const from = [path.posix.dirname(document), '.', 'src'].map((folder) =>
    path.posix.join(folder, wanted),
  );
  return files.some(
    (file) =>
      from.some((place) => file === place || file.startsWith(`${place}/`)) ||
      file.endsWith(`/${wanted}`) ||
      (name.endsWith('/') && file.includes(`/${name}`)),
  );
}

describe.each(documents)('%s', (document) => {
  test('names only files that exist', () => {
    const text = readFileSync(path.join(repository, document), 'utf8');
    expect(mentions(text).filter((name) => !exists(document, name))).toEqual([]);
  });
});

test('a file that was moved would be noticed', () => {
  expect(mentions('See `src/gone.ts`, `gpu/` and [here](also-gone.md).')).toEqual([
    'also-gone.md',
    'src/gone.ts',
    'gpu/',
  ]);
  expect(exists('README.md', 'src/gone.ts')).toBe(false);
  expect(exists('README.md', 'also-gone.md')).toBe(false);
  expect(exists('ARCHITECTURE.md', 'model/gpt2.ts')).toBe(true);
  expect(exists('tests/bench/README.md', 'RESULTS.md')).toBe(true);
});
