import { describe, expect, test } from 'vitest';
import { vocabularyFiles } from '../../../src/bots/hub-tokenizer.ts';

const vocab = { b: 1, a: 0, ab: 2 };
const end = { content: '<|endoftext|>', id: 3 };

describe('the older files of a tokenizer', () => {
  test.each([
    ['texts', ['a b']],
    ['pairs', [['a', 'b']]],
  ])('from merges that are %s', (_form, merges) => {
    const added = [end, { content: 'no id' }, null];
    expect(vocabularyFiles({ model: { vocab, merges }, added_tokens: added })).toEqual({
      'vocab.json': '{"a":0,"b":1,"ab":2,"<|endoftext|>":3}',
      'merges.txt': '#version: 0.2\na b\n',
    });
  });

  test.each([
    ['nothing', null, 'model'],
    ['no vocabulary', { model: { merges: [] } }, 'model'],
    ['no merges', { model: { vocab } }, 'model'],
    ['a merge of three', { model: { vocab, merges: [['a', 'b', 'a']] } }, 'model.merges'],
    ['a number as a merge', { model: { vocab, merges: ['a b', 7] } }, 'model.merges'],
  ])('refused: %s', (_what, json, at) => {
    const details = { file: 'tokenizer.json', reason: 'malformed', fault: { what: 'wrong', at } };
    expect(() => vocabularyFiles(json)).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({ code: 'model-corrupt', details }),
      }),
    );
  });
});
