/**
 * Brings a `tokenizer.json` into the form of GPT-2's own. Files that `tokenizers` and `transformers` have
 * converted say the same in sequences, or spell out the pattern by which GPT-2 cuts text.
 */

import { mynahError } from '../core/errors.ts';
import { arrayOf, objectOf, otherwise, parseOpaqueObject, parseString } from '../core/parse.ts';

export const TOKENIZER_FILE = 'tokenizer.json';

export type Json = Readonly<Record<string, unknown>>;

const parseType = otherwise(objectOf({ type: parseString }), { type: 'null' });
const parseFields = otherwise(parseOpaqueObject, {});
const parseParts = otherwise(
  arrayOf((value) => value),
  [],
);
const parseRegex = otherwise(objectOf({ Regex: parseString }), { Regex: '' });

/** The pattern by which GPT-2 cuts text into words (openai/gpt-2, `src/encoder.py`). */
const GPT2_PATTERN =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/** Refuses a setting that gives other ids than GPT-2's. */
export function unsupported(name: string, found: string, expected: string): never {
  const feature = { what: 'setting', name, found, expected } as const;
  throw mynahError('unsupported', { file: TOKENIZER_FILE, ...feature });
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Json {
  return { ...parseFields(value, '') };
}

/** The `type` of a part of the file, for an error message. */
export function typeOf(value: unknown): string {
  return parseType(value, '').type.slice(0, 40);
}

/**
 * The parts of a `tokenizer.json` that decide how text is cut and joined, as GPT-2's file says them. Texts may also
 * be brought to NFC. Throws `unsupported` naming a part that does anything else.
 */
export function plainForm(file: Json): Json {
  for (const key of [
    'dropout',
    'continuing_subword_prefix',
    'end_of_word_suffix',
    'byte_fallback',
    'ignore_merges',
  ]) {
    const value = fieldsOf(file['model'])[key];
    if (value) unsupported(key, JSON.stringify(value).slice(0, 40), 'null');
  }
  const normalizers = partsOf(file['normalizer'], 'normalizers');
  for (const part of normalizers) {
    if (typeOf(part) !== 'NFC') unsupported('normalizer', typeOf(part), 'null / NFC');
  }
  const [decoder, ...more] = partsOf(file['decoder'], 'decoders');
  const isByteLevel = typeOf(decoder) === 'ByteLevel' && more.length === 0;
  if (!isByteLevel) unsupported('decoder', typeOf(decoder), 'ByteLevel');
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true };
  return {
    ...file,
    normalizer: normalizers.length > 0 ? { type: 'NFC' } : null,
    pre_tokenizer: { ...byteLevel, add_prefix_space: addsSpace(file), use_regex: true },
    decoder: byteLevel,
    // It only adds special tokens, and the page never asks for these.
    post_processor: null,
  };
}

/** A part of the file; the parts of which it consists if it is a sequence. */
function partsOf(value: unknown, key: string): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (typeOf(value) !== 'Sequence') return [value];
  const parts = fieldsOf(value)[key] ?? [];
  return parseParts(parts, key).flatMap((part) => partsOf(part, key));
}

/** Whether a space is put before a text that is cut as GPT-2 does. Throws `unsupported` for another way to cut. */
export function addsSpace(file: Json): boolean {
  const parts = partsOf(file['pre_tokenizer'], 'pretokenizers');
  const types = parts.map(typeOf).join(', ');
  const last = fieldsOf(parts.at(-1));
  const hasSpace = last['add_prefix_space'] === true;
  if (types === 'ByteLevel') {
    if ((last['use_regex'] ?? true) !== true) unsupported('use_regex', 'false', 'true');
    return hasSpace;
  }
  // A space would be put before every word.
  const isCut = types === 'Split, ByteLevel' && !hasSpace && isGpt2Split(fieldsOf(parts[0]));
  if (!isCut) unsupported('pre_tokenizer', types || 'null', 'ByteLevel');
  return false;
}

/** The pattern matches all of a text, so nothing is lost if what is between its matches is removed. */
function isGpt2Split({ pattern, behavior, invert }: Json): boolean {
  if (parseRegex(pattern, 'pattern').Regex !== GPT2_PATTERN) return false;
  return behavior === 'Isolated' || (behavior === 'Removed' && invert === true);
}
