// biome-ignore-all lint/suspicious/noTemplateCurlyInString: examples of code are strings here
/** No words for people stand in the page's code: all of them are in the catalogue, `src/app/texts/`. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { proseIn } from './prose.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const app = path.join(repository, 'src/app');

/** What only looks like words for people, and why. */
const ALLOWED: readonly (readonly [text: string, why: string])[] = [
  ['Mynah', 'the name of the page'],
  ['Files', 'a type of DataTransfer'],
  ['Notification', 'a function of browsers'],
  ...['Escape', 'Enter', 'Home', 'End'].map((key) => [key, 'a key of KeyboardEvent'] as const),
  ['(prefers-color-scheme: dark)', 'a media query'],
  ['(pointer: coarse)', 'a media query'],
  ['Ollama, LM Studio, llama.cpp', 'names of programs'],
  ['service worker', 'a code, and not shown'],
  ['huggingtweets/empressrandom', 'the name of a model'],
  ['.suggested button', 'a CSS selector'],
  ['My dream is', 'the beginning of a tweet, in the language of the starter model'],
  ['abc', 'letters that show a colour'],
  ['a weight', 'for an error that only a developer sees'],
  ['select, textarea, dialog', 'a CSS selector'],
  ['…px sans-serif', 'a font'],
  ['Size', 'the end of the names of some limits of WebGPU'],
];
const allowed = new Set(ALLOWED.map(([text]) => text));

const files = readdirSync(app, { encoding: 'utf8', recursive: true })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('texts/'));

const proseOf = (file: string) => proseIn(file, readFileSync(path.join(app, file), 'utf8'));

function foundIn(file: string): string[] {
  return proseOf(file)
    .filter(({ text }) => !allowed.has(text))
    .map(({ line, text }) => `src/app/${file}:${line} ${text}`);
}

test('no words for people stand outside of the catalogue', () => {
  expect(files.length).toBeGreaterThan(150);
  expect(files.flatMap(foundIn)).toEqual([]);
});

test('what is allowed occurs', () => {
  const texts = new Set(files.flatMap((file) => proseOf(file).map(({ text }) => text)));
  expect([...allowed].filter((text) => !texts.has(text))).toEqual([]);
});

test.each([
  ['<p>Nothing is here</p>', 'Nothing is here'],
  ['<p>{count} tweets</p>', 'tweets'],
  ['<button aria-label="Close" />', 'Close'],
  ['<input placeholder="name" />', 'name'],
  ['<Field label="Seed" hint={hint} />', 'Seed'],
  ['<img alt="a bird" />', 'a bird'],
  ['<p>{isOpen ? `Step ${step} of ${steps}` : null}</p>', 'Step … of …'],
  ["<p>{isOpen ? 'It is open.' : ''}</p>", 'It is open.'],
  ["announce('Copied.')", 'Copied.'],
  ["const NAMES = { dark: 'Dark' }", 'Dark'],
  ['const rest = `, ${count} left`', ', … left'],
])('such as %s', (code, text) => {
  expect(proseIn('planted.tsx', code).map((found) => found.text)).toEqual([text]);
});

test.each([
  ['<p class="note note-info">{texts.nothing}</p>'],
  ['<svg viewBox="0 0 20 20"><path d="M4 10.5l4 4 8-9" /></svg>'],
  ['<p class={isOpen ? "step step-open" : "step"} style={{ width: `${share}%` }} />'],
  ["import { Bird } from '../ui/bird.tsx';"],
  ["type Phase = 'Opening' | 'Reading the file';"],
  ["if (event.key === 'a') throw new Error('This can’t be.');"],
  ['const id = `step-${name}`; call("listRuns", {});'],
  ['<li key={`page ${page}`} data-page={page}>·</li>'],
])('and not %s', (code) => {
  expect(proseIn('planted.tsx', code)).toEqual([]);
});
