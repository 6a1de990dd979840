/**
 * Byte-level BPE: strings ↔ ids, through `@huggingface/tokenizers` (the Hub's own, exact).
 *
 * Its traps are handled here and nowhere else: it decodes plain arrays only, tidies spaces unless
 * told not to, and decodes half an emoji as U+FFFD.
 */

import { Tokenizer } from '@huggingface/tokenizers';
import { mynahError } from '../core/errors.ts';
import { checkTokenizerJson, END_OF_TEXT } from './tokenizer-json.ts';

export { END_OF_TEXT as endOfText };

export class TextTokenizer {
  readonly vocabSize: number;
  readonly endOfTextId: number;
  private readonly tokenizer: Tokenizer;

  /**
   * From a parsed `tokenizer.json` and `tokenizer_config.json`. Throws `weights-corrupt` naming what
   * is missing or wrong, `model-unsupported` for one that isn't byte-level BPE as GPT-2's.
   */
  constructor(tokenizerJson: unknown, tokenizerConfig: unknown) {
    const file = 'tokenizer.json';
    this.vocabSize = checkTokenizerJson(tokenizerJson);
    const config =
      typeof tokenizerConfig === 'object' && tokenizerConfig !== null ? tokenizerConfig : {};
    try {
      this.tokenizer = new Tokenizer(withDefaults(tokenizerJson as object), config);
    } catch (error) {
      throw mynahError('weights-corrupt', { file, reason: 'not a tokenizer' }, error);
    }
    const id = this.tokenizer.token_to_id(END_OF_TEXT);
    if (id === undefined) {
      throw mynahError('model-unsupported', { file, reason: `has no ${END_OF_TEXT} token` });
    }
    this.endOfTextId = id;
  }

  /** Ids of a text that holds no special token (`archive/cleaning/clean-text.ts` sees to that). */
  encode(text: string): Int32Array {
    if (text === '') return new Int32Array(0);
    return Int32Array.from(this.tokenizer.encode(text, { add_special_tokens: false }).ids);
  }

  decode(ids: Iterable<number>): string {
    const plain = [...ids];
    if (plain.length === 0) return '';
    return this.tokenizer.decode(plain, {
      skip_special_tokens: true,
      clean_up_tokenization_spaces: false,
    });
  }

  /**
   * The text of ids that are still arriving: bytes of a character that isn't whole yet are held
   * back, so that what was shown never changes.
   */
  decodePartial(ids: Iterable<number>): string {
    return this.decode(ids).replace(/\uFFFD+$/, '');
  }
}

/**
 * GPT-2's own file leaves the model's type out, as the format once did; the library would guess, and
 * without some other fields guess wrong. It also insists on parts that may be null.
 */
function withDefaults(tokenizerJson: object): object {
  const { model } = tokenizerJson as { readonly model?: object };
  const optional = { normalizer: null, post_processor: null };
  return { ...optional, ...tokenizerJson, model: { ...model, type: 'BPE' } };
}
