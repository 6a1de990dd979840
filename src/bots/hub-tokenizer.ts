/** The vocabulary in a `tokenizer.json`, and the files that older tools read instead: `vocab.json` and `merges.txt`. */

import { mynahError } from '../core/errors.ts';
import {
  arrayOf,
  objectOf,
  otherwise,
  type Parser,
  parseBoolean,
  parseNumber,
  parseString,
  recordOf,
} from '../core/parse.ts';

export interface VocabularyFiles {
  readonly 'vocab.json': string;
  readonly 'merges.txt': string;
}

export interface Vocabulary {
  /** All tokens with their ids, in the order of the ids. Those that merges make consist of GPT-2's letters for bytes. */
  readonly tokens: readonly (readonly [token: string, id: number])[];
  /** The tokens that are found in a text as they are; special ones are no text. */
  readonly added: ReadonlyMap<string, { readonly special: boolean }>;
  /** Two tokens and a space between them, the most important first. */
  readonly merges: readonly string[];
}

const parseParts = arrayOf(parseString);

/** A merge is a text `a b` in files by tokenizers before 0.20, and a pair since then. */
const parseMerge: Parser<string | null> = (value, path) => {
  if (!Array.isArray(value)) return parseString(value, path);
  const parts = parseParts(value, path);
  return parts.length === 2 ? parts.join(' ') : null;
};

const parseAddedToken = objectOf({
  content: parseString,
  id: parseNumber,
  special: otherwise(parseBoolean, false),
});
const parseTokenizer = otherwise(
  objectOf({
    model: objectOf({
      vocab: recordOf(parseNumber),
      merges: arrayOf(otherwise(parseMerge, null)),
    }),
    added_tokens: otherwise(arrayOf(otherwise(parseAddedToken, null)), []),
  }),
  null,
);

function refuse(at: string): never {
  const fault = { what: 'wrong', at } as const;
  throw mynahError('model-corrupt', { file: 'tokenizer.json', reason: 'malformed', fault });
}

/**
 * @param tokenizerJson A parsed `tokenizer.json` with a BPE model. Throws `model-corrupt`.
 */
export function readVocabulary(tokenizerJson: unknown): Vocabulary {
  const parsed = parseTokenizer(tokenizerJson, 'tokenizer');
  if (parsed === null) refuse('model');
  const ids = new Map(Object.entries(parsed.model.vocab));
  const added = new Map<string, { readonly special: boolean }>();
  for (const token of parsed.added_tokens) {
    if (token === null) continue;
    ids.set(token.content, token.id);
    added.set(token.content, token);
  }
  const merges = parsed.model.merges.filter((merge) => merge !== null);
  if (merges.length < parsed.model.merges.length) refuse('model.merges');
  return { tokens: [...ids].sort(([, a], [, b]) => a - b), added, merges };
}

/**
 * @param tokenizerJson A parsed `tokenizer.json` with a BPE model. Throws `model-corrupt`.
 */
export function vocabularyFiles(tokenizerJson: unknown): VocabularyFiles {
  const { tokens, merges } = readVocabulary(tokenizerJson);
  return {
    'vocab.json': JSON.stringify(Object.fromEntries(tokens)),
    'merges.txt': `${['#version: 0.2', ...merges].join('\n')}\n`,
  };
}
