// biome-ignore-all lint/suspicious/noTemplateCurlyInString: examples of code are strings here
/** The engine sends codes and values: what it says of an error has no sentence in it, in any language. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { expect, expectTypeOf, test } from 'vitest';
import { type ErrorCode, type ErrorDetails, mynahError } from '../../../src/core/errors.ts';
import { englishIn } from '../../support/english-in.ts';
import { proseIn } from '../app/prose.ts';

const source = fileURLToPath(new URL('../../../src', import.meta.url));

/** What makes the data of an error. */
const MAKERS = /^(mynahError|ParseError|damaged|malformed|corrupt|refuse\w*|unsupported|wrong\w*)$/;
/** The fields that tell such data where they are prepared first. */
const FIELDS = new Set(['what', 'reason', 'fault', 'found', 'expected']);

/** The words for people in what a module says of errors. */
function sentencesIn(file: string, code: string): readonly string[] {
  const said: { readonly start: number; readonly end: number }[] = [];
  const { program } = parseSync(file, code);
  const take = (node: { callee: { type: string; name?: string }; start: number; end: number }) => {
    if (node.callee.type === 'Identifier' && MAKERS.test(node.callee.name ?? '')) said.push(node);
  };
  new Visitor({
    CallExpression: (node) => take(node as Parameters<typeof take>[0]),
    NewExpression: (node) => take(node as Parameters<typeof take>[0]),
    ObjectExpression(node) {
      const isOfError = node.properties.some(
        (each) =>
          each.type === 'Property' && each.key.type === 'Identifier' && FIELDS.has(each.key.name),
      );
      if (isOfError) said.push(node);
    },
  }).visit(program);
  const found = said.flatMap(({ start, end }) => {
    // `new` would say that only a developer sees it.
    const part = code.slice(start, end).replace(/^new /, '');
    return proseIn(file, `(${part})`).map(({ text }) => `${file} ${text}`);
  });
  return [...new Set(found)];
}

test('no error that the engine makes has words for people in it', () => {
  const files = readdirSync(source, { encoding: 'utf8', recursive: true })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('.ts') && !file.startsWith('app/'));
  expect(files.length).toBeGreaterThan(200);
  const read = (file: string) => readFileSync(path.join(source, file), 'utf8');
  expect(files.flatMap((file) => sentencesIn(file, read(file)))).toEqual([]);
});

test.each([
  [`refuse('the header is not JSON');`],
  ['damaged(owner, `${name} is missing`);'],
  [`throw new ParseError(path, 'a whole number');`],
  [`const feature = { what: 'setting', name: 'the tokenizer' };`],
])('such as %s', (code) => {
  expect(sentencesIn('planted.ts', code)).toHaveLength(1);
});

test('only a platform speaks in its own words', () => {
  type Fields<D> = D extends unknown ? (string extends keyof D ? never : keyof D) : never;
  type Speaking = {
    [C in ErrorCode]: 'detail' extends Fields<ErrorDetails[C]> ? C : never;
  }[ErrorCode];
  expectTypeOf<Speaking>().toEqualTypeOf<
    'device-lost' | 'storage-blocked' | 'file-not-writable' | 'worker-lost'
  >();
});

test('a sentence among the values would be found in the languages of other scripts', async () => {
  const fault = { what: 'missing', at: 'the end of the header' } as const;
  const file = 'model.safetensors';
  const error = mynahError('model-corrupt', { file, reason: 'malformed', fault });
  expect(await englishIn(error)).toHaveLength(3);
});
