/** Makes `vocab.json` and `merges.txt`, which older tools read, from a `tokenizer.json`. */

import { mynahError } from '../core/errors.ts';

export interface VocabularyFiles {
  readonly 'vocab.json': string;
  readonly 'merges.txt': string;
}

function refuse(detail: string): never {
  throw mynahError('model-corrupt', { file: 'tokenizer.json', reason: 'malformed', detail });
}

/**
 * @param tokenizerJson A parsed `tokenizer.json` with a BPE model. Throws `model-corrupt`.
 */
export function vocabularyFiles(tokenizerJson: unknown): VocabularyFiles {
  const { model, added_tokens: added } = (tokenizerJson ?? {}) as {
    readonly model?: { readonly vocab?: unknown; readonly merges?: unknown };
    readonly added_tokens?: unknown;
  };
  const { vocab, merges } = model ?? {};
  if (typeof vocab !== 'object' || vocab === null || !Array.isArray(merges)) {
    refuse('its model is not byte-pair encoding');
  }
  const ids = new Map(Object.entries(vocab as Readonly<Record<string, number>>));
  for (const token of Array.isArray(added) ? (added as readonly unknown[]) : []) {
    const { content, id } = (token ?? {}) as { readonly content?: unknown; readonly id?: unknown };
    if (typeof content === 'string' && typeof id === 'number') ids.set(content, id);
  }
  const inOrder = [...ids].sort(([, a], [, b]) => a - b);
  // A merge is a text `a b` in files by tokenizers before 0.20, and a pair since then.
  const lines = merges.map((merge: unknown) =>
    Array.isArray(merge) && merge.length === 2 ? merge.join(' ') : merge,
  );
  if (!lines.every((line) => typeof line === 'string')) refuse('a merge is not a pair');
  return {
    'vocab.json': JSON.stringify(Object.fromEntries(inOrder)),
    'merges.txt': `${['#version: 0.2', ...lines].join('\n')}\n`,
  };
}
