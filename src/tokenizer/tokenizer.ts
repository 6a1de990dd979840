/**
 * Byte-level BPE with `@huggingface/tokenizers`, the Hub's own library, which gives exactly the ids that
 * Python gives.
 *
 * This class hides the library's pitfalls: it decodes plain arrays only, it removes spaces unless told
 * not to, and it decodes an incomplete character as U+FFFD.
 */

import { Tokenizer } from '@huggingface/tokenizers';
import { mynahError } from '../core/errors.ts';
import { END_OF_TEXT } from '../domain/tweet-text.ts';
import { checkTokenizerJson } from './tokenizer-json.ts';

export class TextTokenizer {
  readonly vocabSize: number;
  readonly endOfTextId: number;
  private readonly tokenizer: Tokenizer;

  /**
   * Takes a parsed `tokenizer.json` and `tokenizer_config.json`.
   *
   * @throws `model-corrupt` naming what is missing or wrong; `unsupported` when it isn't a
   *   byte-level BPE like GPT-2's.
   */
  constructor(tokenizerJson: unknown, tokenizerConfig: unknown) {
    const file = 'tokenizer.json';
    this.vocabSize = checkTokenizerJson(tokenizerJson);
    const config =
      typeof tokenizerConfig === 'object' && tokenizerConfig !== null ? tokenizerConfig : {};
    try {
      this.tokenizer = new Tokenizer(withDefaults(tokenizerJson as object), config);
    } catch (error) {
      throw mynahError('model-corrupt', { file, reason: 'malformed' }, error);
    }
    const id = this.tokenizer.token_to_id(END_OF_TEXT);
    if (id === undefined) {
      throw mynahError('unsupported', { file, what: 'missing-token', expected: END_OF_TEXT });
    }
    this.endOfTextId = id;
  }

  /**
   * The ids of a text. It must contain no special token, which `archive/cleaning/clean-text.ts`
   * removes.
   */
  encode(text: string): Int32Array {
    if (text === '') return new Int32Array(0);
    return Int32Array.from(this.tokenizer.encode(text, { add_special_tokens: false }).ids);
  }

  /** The text of these ids, without special tokens. */
  decode(ids: Iterable<number>): string {
    const plain = [...ids];
    if (plain.length === 0) return '';
    return this.tokenizer.decode(plain, {
      skip_special_tokens: true,
      clean_up_tokenization_spaces: false,
    });
  }

  /**
   * The text of ids of which more will follow. Leaves out the bytes of an incomplete last character, so
   * that text on the screen never changes.
   */
  decodePartial(ids: Iterable<number>): string {
    return this.decode(ids).replace(/\uFFFD+$/, '');
  }
}

/**
 * Adds what the library needs. GPT-2's own file lacks the model's type, as the format once allowed, and the
 * library would have to guess it. The library also requires fields that the format lets be null.
 */
function withDefaults(tokenizerJson: object): object {
  const { model } = tokenizerJson as { readonly model?: object };
  const optional = { normalizer: null, post_processor: null };
  return { ...optional, ...tokenizerJson, model: { ...model, type: 'BPE' } };
}
