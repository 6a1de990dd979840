/**
 * Refuses every import that `import-rules.mjs` doesn't allow: `node tools/import-check.mjs [ROOT]`
 * reads the TypeScript under ROOT (this repository, if it isn't given), prints one line for each wrong
 * import, and exits with 1 if there was any.
 *
 * What a file imports is read from its syntax tree: import and export declarations, `import()` of a
 * module or of a type, and `new URL(…, import.meta.url)`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { importRules } from './import-rules.mjs';

/** @typedef {{ specifier: string | null, isType: boolean, start: number }} Import */

const root = path.resolve(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
const topFolders = [...new Set(Object.keys(importRules).map((room) => room.split('/')[0] ?? room))];

/** @param {string} text @param {string} file @returns {Import[]} */
function importsOf(text, file) {
  const { program, errors } = parseSync(file, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file} can't be parsed: ${error.message}`);
  /** @type {Import[]} */
  const found = [];
  /** @param {import('vite').ESTree.Node} source @param {number} start @param {boolean} isType */
  const add = (source, start, isType = false) => {
    // A name that is known only when the code runs is no literal.
    const specifier = source.type === 'Literal' ? String(source.value) : null;
    found.push({ specifier, isType, start });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.start, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.start, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source, node.start, node.exportKind === 'type');
    },
    ImportExpression: (node) => add(node.source, node.start),
    TSImportType: (node) => add(node.source, node.start, true),
    NewExpression: ({ callee, arguments: [url, base], start }) => {
      if (callee.type !== 'Identifier' || callee.name !== 'URL') return;
      const isOfModule = base?.type === 'MemberExpression' && base.object.type === 'MetaProperty';
      if (isOfModule && url?.type === 'Literal') add(url, start);
    },
  }).visit(program);
  return found;
}

/** The room that a path lies in: the longest of the table's folders that hold it. @param {string} file */
function roomOf(file) {
  let folder = file;
  while (folder !== '.' && !(folder in importRules)) folder = path.posix.dirname(folder);
  return folder === '.' ? undefined : folder;
}

/** `@scope/name/sub/path` is the package `@scope/name`. @param {string} specifier */
function packageOf(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/**
 * Why `file` may not import this; undefined if it may.
 * @param {string} file @param {string} room @param {Import} imported @returns {string | undefined}
 */
function refusal(file, room, { specifier, isType }) {
  const rule = importRules[room];
  if (rule === undefined) throw new Error(`No such room: ${room}`);
  const { rooms = [], exceptRooms } = rule;
  if (specifier === null) {
    if (exceptRooms !== undefined) return undefined;
    return 'imports a module whose name is computed: write the name out';
  }
  if (!specifier.startsWith('.')) {
    const name = packageOf(specifier);
    if (rule.packages.includes('*') || rule.packages.includes(name)) return undefined;
    return `${room} may not import the package ${name}; it may import ${list(rule.packages)}`;
  }
  const [relative = ''] = specifier.split('?');
  const target = path.posix.join(path.posix.dirname(file), relative);
  const targetRoom = roomOf(target) ?? target;
  if (exceptRooms !== undefined) {
    return exceptRooms.includes(targetRoom) ? `${room} may not import ${targetRoom}` : undefined;
  }
  if (targetRoom === room || rooms.includes(targetRoom)) return undefined;
  if (rule.types?.includes(targetRoom)) {
    return isType ? undefined : `${room} may import only types of ${targetRoom} (import type)`;
  }
  return `${room} may not import ${targetRoom}; it may import ${list(rooms, rule.types)}`;
}

/** @param {readonly string[]} values @param {readonly string[]} [types] */
function list(values, types = []) {
  const all = [...values, ...types.map((room) => `types of ${room}`)];
  return all.length === 0 ? 'none' : all.join(', ');
}

/** @param {string} folder @returns {string[]} the folder's TypeScript and modules, in order of name */
function sourceFiles(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((name) => /\.(?:tsx?|mjs)$/.test(name) && !name.includes('/node_modules/'))
    .sort();
}

const files = topFolders.flatMap(sourceFiles);
let refused = 0;
for (const file of files) {
  const text = readFileSync(path.join(root, file), 'utf8');
  const room = roomOf(file);
  const wrong = [];
  if (room === undefined) {
    wrong.push({ line: 1, reason: 'lies in no room: add its folder to the table' });
  } else {
    for (const imported of importsOf(text, file)) {
      const reason = refusal(file, room, imported);
      const line = text.slice(0, imported.start).split('\n').length;
      if (reason !== undefined) wrong.push({ line, reason });
    }
  }
  for (const { line, reason } of wrong) console.log(`${file}:${line}: ${reason}`);
  refused += wrong.length;
}
if (refused === 0)
  console.log(`${files.length} files import only what tools/import-rules.mjs allows`);
else {
  console.log(`${refused} imports that tools/import-rules.mjs doesn't allow`);
  process.exitCode = 1;
}
