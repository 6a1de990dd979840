/**
 * Checks the `tokenizer.json` of a byte-level BPE before the tokenizer library gets it, and builds one
 * from GPT-2's older `vocab.json` and `merges.txt`.
 *
 * The check makes sure that any text gets the same ids as in Python: every byte and every merge must have
 * a token, every token must be reachable by merges, and no setting may change how GPT-2 tokenizes.
 */

import { type MynahError, mynahError } from '../core/errors.ts';
import type { Fault } from '../core/faults.ts';
import {
  arrayOf,
  integerFrom,
  objectOf,
  otherwise,
  ParseError,
  type Parser,
  parseOpaqueObject,
  parseString,
  recordOf,
  stringMatching,
} from '../core/parse.ts';
import {
  fieldsOf,
  type Json,
  plainForm,
  TOKENIZER_FILE,
  typeOf,
  unsupported,
} from './plain-form.ts';

/** Ids are row numbers of an embedding table, so they can't be arbitrarily large. */
const MAX_TOKENS = 4_000_000;

function malformed(fault: Fault, file: string, cause?: unknown): MynahError {
  return mynahError('model-corrupt', { file, reason: 'malformed', fault }, cause);
}

function refuse(what: 'missing' | 'repeated' | 'wrong', at: string, file = TOKENIZER_FILE): never {
  throw malformed({ what, at }, file);
}

const parseId = integerFrom(0, MAX_TOKENS - 1);
const parseIds = recordOf(parseId);
interface AddedToken {
  readonly id: number;
  readonly content: string;
}
const parseAddedToken: Parser<AddedToken> = (value, path) => {
  const token = objectOf({ id: parseId, content: stringMatching(/./s) })(value, path);
  // The other fields say how it is recognized in a text, and are for the library.
  return { ...parseOpaqueObject(value, path), ...token };
};
const parseAddedTokens = arrayOf(parseAddedToken);
const parseListed = otherwise(
  arrayOf((value) => value),
  [],
);
const parseContent = otherwise(objectOf({ content: parseString }), null);

type Merge = readonly [string, string];

/** Merges are written as `"a b"` or, since 2024, as `["a", "b"]`. */
const parseMerge: Parser<Merge> = (value, path) => {
  const parts = typeof value === 'string' ? value.split(' ') : arrayOf(parseString)(value, path);
  const [left, right] = parts;
  if (parts.length !== 2 || left === undefined || right === undefined) {
    throw new ParseError(path, { be: 'matching', pattern: '^\\S+ \\S+$' });
  }
  return [left, right];
};
const parseMerges = arrayOf(parseMerge);

/** What `parse` makes of a part of a file. Refuses the file if it can't. */
function parsed<T>(parse: Parser<T>, value: unknown, path: string, file = TOKENIZER_FILE): T {
  try {
    return parse(value, path);
  } catch (error) {
    throw error instanceof ParseError ? malformed(error.fault, file, error) : error;
  }
}

function quote(token: string): string {
  return JSON.stringify(token.slice(0, 40));
}

/**
 * The printable characters by which GPT-2 represents the 256 bytes, indexed by byte
 * (`bytes_to_unicode` in openai/gpt-2's `src/encoder.py`).
 */
export function byteAlphabet(): readonly string[] {
  let next = 256;
  const isPrintable = (b: number) =>
    (b >= 0x21 && b <= 0x7e) || (b >= 0xa1 && b <= 0xac) || (b >= 0xae && b <= 0xff);
  return Array.from({ length: 256 }, (_, b) => String.fromCharCode(isPrintable(b) ? b : next++));
}

export interface CheckedTokenizer {
  /** The file in GPT-2's own form, without added tokens that the model has no rows for. */
  readonly json: Json;
  /** The number of tokens, including added tokens. */
  readonly size: number;
}

/**
 * Checks a parsed `tokenizer.json`.
 *
 * @param rows The rows of the model's embedding table. Added tokens beyond them are left out, so that a text that
 *   contains one is encoded as if it weren't there.
 * @throws `model-corrupt` naming what is missing or wrong; `unsupported` when it isn't a byte-level
 *   BPE like GPT-2's.
 */
export function checkTokenizerJson(json: unknown, rows = MAX_TOKENS): CheckedTokenizer {
  const file: Json = { ...parsed(parseOpaqueObject, json, 'file') };
  const model: Json = { ...parsed(parseOpaqueObject, file['model'], 'model') };
  if ((model['type'] ?? 'BPE') !== 'BPE') unsupported('model', typeOf(model), 'BPE');
  const plain = plainForm(file);
  const vocab = readVocab(model['vocab'], TOKENIZER_FILE);
  const listed = parsed(parseAddedTokens, file['added_tokens'] ?? [], 'added_tokens');
  const added_tokens = listed.filter(({ id, content }) => id < rows || vocab.has(content));
  const added = readAdded(added_tokens, vocab);
  const ids = new Set([...vocab.values(), ...added.values()]);
  for (let id = 0; id < ids.size; id++) if (!ids.has(id)) refuse('missing', `id ${id}`);
  const merges = parsed(parseMerges, model['merges'], 'merges');
  const { unmerged, missingByte } = checkMerges(vocab, merges, TOKENIZER_FILE);
  if (missingByte !== null) refuse('missing', `vocab → 0x${missingByte.toString(16)}`);
  const lost = unmerged.find((token) => !added.has(token));
  if (lost !== undefined) refuse('missing', `merges → ${quote(lost)}`);
  return { json: { ...plain, added_tokens }, size: ids.size };
}

function readVocab(value: unknown, of: string): ReadonlyMap<string, number> {
  const vocab = new Map(Object.entries(parsed(parseIds, value, 'vocab', of)));
  const seen = new Set<number>();
  for (const id of vocab.values()) {
    if (seen.has(id)) refuse('repeated', `id ${id}`, of);
    seen.add(id);
  }
  return vocab;
}

/** The ids of added tokens by content. An added token may also be in the vocabulary, with the same id. */
function readAdded(
  tokens: readonly AddedToken[],
  vocab: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const contentOf = new Map(Array.from(vocab, ([token, id]) => [id, token]));
  const added = new Map<string, number>();
  for (const { id, content } of tokens) {
    if ((contentOf.get(id) ?? content) !== content || (vocab.get(content) ?? id) !== id) {
      refuse('wrong', `${quote(content)} → id ${id}`);
    }
    contentOf.set(id, content);
    added.set(content, id);
  }
  return added;
}

/**
 * Returns the tokens that are neither a byte nor the result of a merge, and the first byte without a
 * token. Throws when a part or the result of a merge is not a token.
 */
function checkMerges(
  vocab: ReadonlyMap<string, number>,
  merges: readonly Merge[],
  of: string,
): { readonly unmerged: readonly string[]; readonly missingByte: number | null } {
  const alphabet = byteAlphabet();
  const made = new Set(alphabet);
  for (const [left, right] of merges) {
    for (const token of [left, right, left + right]) {
      if (!vocab.has(token)) refuse('missing', `vocab → ${quote(token)}`, of);
    }
    made.add(left + right);
  }
  const missing = alphabet.findIndex((letter) => !vocab.has(letter));
  const unmerged = [...vocab.keys()].filter((token) => !made.has(token));
  return { unmerged, missingByte: missing < 0 ? null : missing };
}

/* ------------------------------------------------------------------ from vocab.json and merges.txt */

export interface OlderFiles {
  /** The parsed `vocab.json`, which maps tokens to ids. */
  readonly vocab: unknown;
  /** The text of `merges.txt`: a version line, then one merge per line. */
  readonly merges: string;
  /** The parsed `added_tokens.json`, which maps contents to ids. */
  readonly added?: unknown;
  /** The parsed `tokenizer_config.json`. Newer ones list added tokens in `added_tokens_decoder`. */
  readonly config?: unknown;
}

/**
 * Builds the equivalent `tokenizer.json`. A token in angle or square brackets that no merge produces,
 * such as `<|endoftext|>`, becomes an added token.
 *
 * @throws `model-corrupt` naming the file and what is wrong.
 */
export function tokenizerJsonFrom({ vocab: vocabJson, merges: text, added, config }: OlderFiles): {
  readonly [key: string]: unknown;
} {
  const vocab = readVocab(vocabJson, 'vocab.json');
  const merges = parseMergesText(text);
  const { unmerged } = checkMerges(vocab, merges, 'merges.txt');
  const addedIds = new Map(addedTokens(added, config));
  for (const token of unmerged) {
    if (/^<.+>$|^\[.+\]$/s.test(token)) addedIds.set(token, vocab.get(token));
    else if (!addedIds.has(token) && !byteAlphabet().includes(token)) {
      refuse('missing', `merges → ${quote(token)}`, 'merges.txt');
    }
  }
  const byteLevel = {
    type: 'ByteLevel',
    add_prefix_space: false,
    trim_offsets: true,
    use_regex: true,
  };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: Array.from(addedIds, addedToken),
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      vocab: Object.fromEntries(vocab),
      merges: merges.map(([left, right]) => `${left} ${right}`),
    },
  };
}

function addedToken([content, id]: readonly [content: string, id: unknown]): Json {
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  return { id, content, ...flags, special: true };
}

function parseMergesText(text: string): readonly Merge[] {
  const merges: Merge[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line === '' || (i === 0 && line.startsWith('#version'))) continue;
    const [left, right, ...more] = line.split(' ');
    if (!left || !right || more.length > 0) {
      throw malformed({ what: 'line', line: i + 1 }, 'merges.txt');
    }
    merges.push([left, right]);
  }
  return merges;
}

/**
 * A `tokenizer.json` with the tokens that only `added_tokens.json` or `tokenizer_config.json` add to it; the same
 * object if there are none.
 */
export function withAddedTokens(
  json: unknown,
  { added, config }: Pick<OlderFiles, 'added' | 'config'>,
): unknown {
  const file = fieldsOf(json);
  const listed = parseListed(file['added_tokens'], '');
  const vocab = fieldsOf(fieldsOf(file['model'])['vocab']);
  // A content or an id that is there already stays what it is.
  const known = new Set<unknown>([
    ...[...Object.keys(vocab), ...Object.values(vocab)],
    ...listed.map(fieldsOf).flatMap(({ content, id }) => [content, id]),
  ]);
  const more = [...addedTokens(added, config)].filter((token) => !token.some((x) => known.has(x)));
  if (more.length === 0) return json;
  return { ...file, added_tokens: [...listed, ...more.map(addedToken)] };
}

/** Entries that aren't a token with an id are kept: {@link checkTokenizerJson} refuses them later. */
function* addedTokens(added: unknown, config: unknown): Generator<[string, unknown]> {
  yield* Object.entries(fieldsOf(added));
  const decoder = fieldsOf(fieldsOf(config)['added_tokens_decoder']);
  for (const [id, token] of Object.entries(decoder)) {
    const content = parseContent(token, '')?.content ?? token;
    if (typeof content === 'string') yield [content, Number(id)];
  }
}
