/**
 * Byte-level BPE with `@huggingface/tokenizers`, the Hub's own library, which gives exactly the ids that
 * Python gives.
 *
 * This class hides the library's pitfalls: it decodes plain arrays only, it removes spaces unless told
 * not to, and it decodes an incomplete character as U+FFFD.
 */

import { Tokenizer } from '@huggingface/tokenizers';
import { must } from '../core/assert.ts';
import { mynahError } from '../core/errors.ts';
import { objectOf, otherwise, parseString, type Parser } from '../core/parse.ts';
import { END_OF_TEXT } from '../domain/tweet-text.ts';
import { fieldsOf, type Json } from './plain-form.ts';
import { checkTokenizerJson } from './tokenizer-json.ts';

/** `eos_token` in a `tokenizer_config.json` is a text or the description of a token. */
const parseEndToken: Parser<string> = (value, path) =>
  typeof value === 'string' ? value : objectOf({ content: parseString })(value, path).content;
const parseNamedEnd = otherwise(objectOf({ eos_token: otherwise(parseEndToken, null) }), {
  eos_token: null,
});

/** What a model's config says of its tokenizer. */
export interface TokenizerUse {
  /** The ids of the end token. The tokenizer may know none of them. */
  readonly endTokenIds?: readonly number[];
  /** The rows of the embedding table: added tokens beyond them are never encoded. */
  readonly rows?: number;
}

export class TextTokenizer {
  readonly vocabSize: number;
  /** The token that separates and ends documents: nearly always `<|endoftext|>`. */
  readonly endOfText: string;
  readonly endOfTextId: number;
  private readonly tokenizer: Tokenizer;
  private readonly added: ReadonlySet<number>;

  /**
   * Takes a parsed `tokenizer.json` and `tokenizer_config.json`, and what is known of the model.
   *
   * @throws `model-corrupt` naming what is missing or wrong; `unsupported` when it isn't a
   *   byte-level BPE like GPT-2's.
   */
  constructor(
    tokenizerJson: unknown,
    tokenizerConfig: unknown,
    { endTokenIds = [], rows }: TokenizerUse = {},
  ) {
    const file = 'tokenizer.json';
    const { json, size } = checkTokenizerJson(tokenizerJson, rows);
    this.vocabSize = size;
    try {
      // All that the library would find in a config are settings that Python's tokenizer ignores.
      this.tokenizer = new Tokenizer(withType(json), {});
    } catch (error) {
      const fault = { what: 'unreadable', at: 'model' } as const;
      throw mynahError('model-corrupt', { file, reason: 'malformed', fault }, error);
    }
    this.added = new Set(this.tokenizer.get_added_tokens_decoder().keys());
    const id = this.findEndOfText(parseNamedEnd(tokenizerConfig, '').eos_token, endTokenIds);
    if (id === undefined) {
      throw mynahError('unsupported', { file, what: 'missing-token', expected: END_OF_TEXT });
    }
    this.endOfTextId = id;
    this.endOfText = must(this.tokenizer.id_to_token(id), 'the token of an id');
  }

  /**
   * An end token is an added one: if a model's config names the id of an ordinary token, its author has only
   * left the default.
   */
  private findEndOfText(named: string | null, ids: readonly number[]): number | undefined {
    const byName = [named, END_OF_TEXT, '</s>', '<s>'].map((name) =>
      name === null ? undefined : this.tokenizer.token_to_id(name),
    );
    const known = ids.filter((id) => this.tokenizer.id_to_token(id) !== undefined);
    return [...known.filter((id) => this.added.has(id)), ...byName, ...known].find(
      (id) => id !== undefined,
    );
  }

  /** The ids of a text. If it contains `<|endoftext|>` or `</s>`, that doesn't become the end token. */
  encode(text: string): Int32Array {
    if (text === '') return new Int32Array(0);
    const cut = this.endOfText.length > 1 ? text.indexOf(this.endOfText) + 1 : 0;
    if (cut > 0) {
      return Int32Array.of(...this.encode(text.slice(0, cut)), ...this.encode(text.slice(cut)));
    }
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

  /** How many bytes of UTF-8 text an id stands for: none for the end token and for ids without a token. */
  byteLength(id: number): number {
    const token = id === this.endOfTextId ? undefined : this.tokenizer.id_to_token(id);
    if (token === undefined) return 0;
    // An added token is written as it is, and any other with a character for each byte.
    return this.added.has(id) ? new TextEncoder().encode(token).length : [...token].length;
  }

  /**
   * The text of ids that a model has drawn, of which more may follow. Leaves out bytes that form no whole character,
   * or none yet: so text on the screen only grows, and shows no �, whatever was drawn.
   */
  decodeDrawn(ids: Iterable<number>): string {
    return this.decode(ids).replaceAll('\uFFFD', '');
  }
}

/**
 * GPT-2's own file lacks the model's type, as the format once allowed, and the library would have to guess it.
 */
function withType({ model, ...rest }: Json): object {
  return { ...rest, model: { ...fieldsOf(model), type: 'BPE' } };
}
