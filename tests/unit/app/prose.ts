/** Finds words for people in the page's code that are not in the catalogue. */
import { type ESTree, parseSync, Visitor } from 'vite';

/** Attributes of elements and of components that people read or hear: any letters in them are words. */
const SPOKEN = new Set([
  ...['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext'],
  ...['title', 'placeholder', 'alt', 'label', 'summary', 'hint', 'question', 'confirmLabel'],
  'valueText',
]);

/** Attributes whose values are for the browser. */
const TECHNICAL = new Set([
  ...['class', 'id', 'for', 'key', 'type', 'role', 'href', 'rel', 'target', 'd', 'viewBox'],
  ...['points', 'accept', 'style', 'preserveAspectRatio', 'inputMode', 'autocomplete'],
  ...['autocapitalize', 'aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-haspopup'],
  ...['aria-current', 'dir', 'lang'],
]);

const LETTER = /\p{L}/u;
/** Two words in a row, the second in lower case; the end of a sentence; the beginning of what follows a number. */
const PROSE =
  /\p{L}[\p{L}’']*[,:;]? [“(]?\p{Ll}[\p{L}’'”]*|^\p{L}[^\n]*\p{L}[.!?…]$|^[,:;]? \p{L}/u;
/** A name or a label: one word that begins as a sentence does. */
const CAPITALIZED = /^\p{Lu}\p{Ll}+$/u;

function reads(text: string): boolean {
  return PROSE.test(text) || CAPITALIZED.test(text);
}

export interface Found {
  readonly line: number;
  readonly text: string;
}

/** The texts of a module that read as words for people. */
export function proseIn(file: string, code: string): readonly Found[] {
  const found: Found[] = [];
  const { program, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file} can't be parsed: ${errors[0]?.message}`);
  /** Where texts are for the computer: types, names of modules, technical attributes. */
  const technical: { readonly start: number; readonly end: number }[] = [];
  const pass = (node: ESTree.Node | null | undefined): void => {
    if (node) technical.push(node);
  };
  const isPassed = ({ start }: ESTree.Node) =>
    technical.some((range) => range.start <= start && start < range.end);
  const note = (node: ESTree.Node, text: string): void => {
    const line = code.slice(0, node.start).split('\n').length;
    found.push({ line, text: text.trim().replace(/\s+/g, ' ') });
  };
  new Visitor({
    ImportDeclaration: pass,
    ExportNamedDeclaration: ({ source }) => pass(source),
    ExportAllDeclaration: pass,
    ImportExpression: pass,
    TSLiteralType: pass,
    NewExpression(node) {
      // Errors that only a developer sees.
      if (node.callee.type === 'Identifier' && node.callee.name.endsWith('Error')) pass(node);
    },
    JSXAttribute({ name: { name }, value }) {
      if (typeof name !== 'string' || value === null) return;
      if (TECHNICAL.has(name)) pass(value);
      if (!SPOKEN.has(name) || value.type !== 'Literal') return;
      if (LETTER.test(String(value.value))) note(value, String(value.value));
      pass(value);
    },
    JSXText(node) {
      if (LETTER.test(node.value)) note(node, node.value);
    },
  }).visit(program);
  new Visitor({
    Literal(node) {
      if (typeof node.value !== 'string' || isPassed(node)) return;
      if (reads(node.value)) note(node, node.value);
    },
    TemplateLiteral(node) {
      const parts = node.quasis.map(({ value }) => value.cooked ?? '');
      if (!isPassed(node) && parts.some(reads)) note(node, parts.join('…'));
    },
  }).visit(program);
  return found;
}
