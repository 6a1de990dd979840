/** Makes `vocab.json` and `merges.txt`, which older tools read, from a `tokenizer.json`. */

import { mynahError } from '../core/errors.ts';
import {
  arrayOf,
  objectOf,
  otherwise,
  type Parser,
  parseNumber,
  parseString,
  recordOf,
} from '../core/parse.ts';

export interface VocabularyFiles {
  readonly 'vocab.json': string;
  readonly 'merges.txt': string;
}

const parseParts = arrayOf(parseString);

/** A merge is a text `a b` in files by tokenizers before 0.20, and a pair since then. */
const parseMerge: Parser<string | null> = (value, path) => {
  if (!Array.isArray(value)) return parseString(value, path);
  const parts = parseParts(value, path);
  return parts.length === 2 ? parts.join(' ') : null;
};

const parseAddedToken = objectOf({ content: parseString, id: parseNumber });
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

function refuse(detail: string): never {
  throw mynahError('model-corrupt', { file: 'tokenizer.json', reason: 'malformed', detail });
}

/**
 * @param tokenizerJson A parsed `tokenizer.json` with a BPE model. Throws `model-corrupt`.
 */
export function vocabularyFiles(tokenizerJson: unknown): VocabularyFiles {
  const parsed = parseTokenizer(tokenizerJson, 'tokenizer');
  if (parsed === null) refuse('its model is not byte-pair encoding');
  const { vocab, merges } = parsed.model;
  const ids = new Map(Object.entries(vocab));
  for (const token of parsed.added_tokens) if (token !== null) ids.set(token.content, token.id);
  const inOrder = [...ids].sort(([, a], [, b]) => a - b);
  if (merges.includes(null)) refuse('a merge is not a pair');
  return {
    'vocab.json': JSON.stringify(Object.fromEntries(inOrder)),
    'merges.txt': `${['#version: 0.2', ...merges].join('\n')}\n`,
  };
}
