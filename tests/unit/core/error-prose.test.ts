/**
 * Nothing decides by an error's prose: neither by the words of a browser, which differ between
 * browsers, nor by a `detail`, which holds such words and is only shown. What is decided by is a code, a closed set of
 * reasons, or the name of a DOMException.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ESTree, parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const PROSE = new Set(['message', 'detail']);
const STRING_TESTS = new Set([
  ...['startsWith', 'endsWith', 'includes', 'indexOf', 'lastIndexOf', 'search', 'match'],
  ...['matchAll', 'localeCompare'],
]);
const REGEXP_TESTS = new Set(['test', 'exec']);
const COMPARISONS = new Set(['===', '!==', '==', '!=', '<', '>']);

function nameOf(node: ESTree.Node): string | null {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ChainExpression') return nameOf(node.expression);
  return node.type === 'MemberExpression' && node.property.type === 'Identifier'
    ? node.property.name
    : null;
}

/** `error.message`, `detail`, and what string methods make of them. */
function isProse(node: ESTree.Node): boolean {
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    return isProse(node.callee.object);
  }
  return PROSE.has(nameOf(node) ?? '');
}

function isText(node: ESTree.Node): boolean {
  return (node.type === 'Literal' && typeof node.value === 'string') || isTemplate(node);
}

function isTemplate({ type }: ESTree.Node): boolean {
  return type === 'TemplateLiteral';
}

/** The places in a module that match on prose; in a table of texts, on any text at all. */
function matchesOnProse(file: string, code: string): string[] {
  const found: string[] = [];
  const isTextTable = /app\/(error-text|texts\/\w+)\//.test(file);
  const note = ({ start }: { readonly start: number }, what: string) =>
    found.push(`${file}:${code.slice(0, start).split('\n').length} ${what}`);
  const { program, errors } = parseSync(file, code);
  expect(errors, file).toEqual([]);
  new Visitor({
    BinaryExpression(node) {
      const { left, right, operator } = node;
      if (!COMPARISONS.has(operator)) return;
      const isProseCompared = (isProse(left) && isText(right)) || (isText(left) && isProse(right));
      if (isProseCompared) note(node, 'compares prose');
    },
    SwitchStatement(node) {
      if (isProse(node.discriminant)) note(node, 'switches on prose');
    },
    CallExpression(node) {
      if (node.callee.type !== 'MemberExpression') return;
      const method = nameOf(node.callee) ?? '';
      const isOnProse = isProse(node.callee.object) || node.arguments.some(isProse);
      const isTest = STRING_TESTS.has(method) || REGEXP_TESTS.has(method);
      if (isTest && (isOnProse || isTextTable)) note(node, `asks ${method} of text`);
    },
    Literal(node) {
      if (isTextTable && 'regex' in node) note(node, 'has a regular expression');
    },
  }).visit(program);
  return found;
}

test('nothing in the source matches on the prose of an error', () => {
  const files = ['src', 'workers'].flatMap((folder) =>
    readdirSync(path.join(repository, folder), { encoding: 'utf8', recursive: true })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => path.join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(200);
  const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');
  expect(files.flatMap((file) => matchesOnProse(file, read(file)))).toEqual([]);
});

test.each([
  [`if (error.message === 'no such run') throw error;`],
  [`if (error.message.startsWith('WebGPU')) retry();`],
  [`const isLost = /lost/.test((error as Error).message);`],
  [`catchIt(({ message }) => message.toLowerCase().includes('quota'));`],
  [`switch (detail) { case 'unplugged': break; }`],
  [`const isOld = details.detail?.match(/version/);`],
])('such as %s', (code) => {
  expect(matchesOnProse('src/x.ts', code)).toHaveLength(1);
});

test.each([
  [`const isStored = /^tweets of/.test(file);`, 2],
  [`if (file.startsWith('checkpoint ')) say();`, 1],
])('a table of texts asks nothing of text, as %s', (code, count) => {
  expect(matchesOnProse('src/app/error-text/x.ts', code)).toHaveLength(count);
});
