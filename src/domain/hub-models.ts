/**
 * GPT-2s of other languages on the Hugging Face Hub, which the page suggests. The list is all that the page knows of
 * them: it asks the Hub for nothing until the user presses a button to download one.
 *
 * Where the facts come from, as the Hub's pages said them when the list was made (November 2026):
 *
 * - The page at `source` has the names and sizes of the files, and the licence; a licence is null if that page names
 *   none. `downloadBytes` is the file of weights that a download fetches, and the tokenizer.
 * - `parameters` is the number of float32 values in the file of weights, without the masks that older files repeat in
 *   every layer and without a head that is a copy of the embeddings. For 124 million it is GPT-2's own.
 * - That the architecture is `GPT2LMHeadModel` follows from the tag `gpt2` of that page, and that the tokenizer is a
 *   byte-level BPE, from `vocab.json` and `merges.txt` or `tokenizer.json`, and from what their cards or their
 *   `tokenizer_config.json` say (`GPT2Tokenizer`).
 *
 * Models that the page would refuse aren't in the list. This is why there are none for Japanese and Korean: those that
 * people use have SentencePiece (`rinna/japanese-gpt2-medium`) or WordPiece, or have no token for the space
 * (`ku-nlp/gpt2-small-japanese-char`), or a tokenizer that is no byte-level BPE (`skt/kogpt2-base-v2`).
 */

export interface HubModel {
  /** `owner/name` on the Hub. */
  readonly repository: string;
  /** ISO 639-1. */
  readonly language: string;
  readonly parameters: number;
  readonly downloadBytes: number;
  /** The SPDX identifier; null if the model's page names no licence. */
  readonly licence: string | null;
  /** The page that names its files with their sizes, and its licence. */
  readonly source: string;
}

const MB = 1_000_000;
const SMALL = 124_439_808;
const MEDIUM = 354_823_168;

/** `[repository, language, parameters, downloadBytes, licence, the page after the repository's]`. */
const ROWS: readonly (readonly [string, string, number, number, string | null, string])[] = [
  [
    'aubmindlab/aragpt2-base',
    'ar',
    135e6,
    557.5 * MB,
    null,
    'tree/9f6d74c613b0f9746b32356981212fa6469928eb',
  ],
  [
    'dbmdz/german-gpt2',
    'de',
    SMALL,
    511.4 * MB,
    'MIT',
    'tree/ab6efd04479f70d66df40e7bfcb17ba41e9cd6d5',
  ],
  [
    'benjamin/gerpt2',
    'de',
    SMALL,
    666.5 * MB,
    'MIT',
    'tree/0093b45ef0d957cc545d872c208e66fc13861a0e',
  ],
  [
    'DeepESP/gpt2-spanish',
    'es',
    SMALL,
    262.3 * MB,
    'MIT',
    'tree/052c5889281bbd54a7c47b5089edc89b3d3a4f91',
  ],
  [
    'DeepESP/gpt2-spanish-medium',
    'es',
    MEDIUM,
    736.3 * MB,
    'MIT',
    'tree/538d6f0c548b1826417b7e05a99f780c16cac155',
  ],
  [
    'Finnish-NLP/gpt2-finnish',
    'fi',
    SMALL,
    511.5 * MB,
    'Apache-2.0',
    'tree/2f135b2c3136a7f798397121aa0047f74bf9d253',
  ],
  ['benjamin/gpt2-wechsel-french', 'fr', SMALL, 666.5 * MB, 'MIT', 'tree/main'],
  [
    'cahya/gpt2-small-indonesian-522M',
    'id',
    SMALL,
    511.3 * MB,
    'MIT',
    'blob/a49c02e13b2deff7fcc30aa969aef7af256b8a91/pytorch_model.bin',
  ],
  ['GroNLP/gpt2-small-italian', 'it', 109e6, 448.8 * MB, null, 'tree/main'],
  [
    'GroNLP/gpt2-small-dutch',
    'nl',
    116.5e6,
    480 * MB,
    null,
    'tree/193c1c9a6a5c5b6ede3a65d5ba5436df37a401b6',
  ],
  ['pierreguillou/gpt2-small-portuguese', 'pt', SMALL, 511.4 * MB, 'MIT', 'tree/main'],
  ['ai-forever/rugpt3small_based_on_gpt2', 'ru', 125.2e6, 554 * MB, null, 'tree/main'],
  ['ytu-ce-cosmos/turkish-gpt2', 'tr', SMALL, 500.4 * MB, 'MIT', 'tree/main'],
  [
    'ytu-ce-cosmos/turkish-gpt2-medium',
    'tr',
    MEDIUM,
    1422.4 * MB,
    'MIT',
    'blob/899bc02203df5289ff6b2b1580b845bbb2ca431e/model.safetensors',
  ],
  [
    'benjamin/gpt2-wechsel-chinese',
    'zh',
    SMALL,
    667.6 * MB,
    'MIT',
    'blob/refs%2Fpr%2F1/pytorch_model.bin',
  ],
];

export const HUB_MODELS: readonly HubModel[] = ROWS.map(
  ([repository, language, parameters, downloadBytes, licence, page]) => ({
    ...{ repository, language, parameters, downloadBytes, licence },
    source: `https://huggingface.co/${repository}/${page}`,
  }),
);

/** The codes that Twitter, following Java, still used long after ISO 639 had changed them. */
const OLD_CODES: ReadonlyMap<string, string> = new Map([
  ['in', 'id'],
  ['iw', 'he'],
  ['ji', 'yi'],
]);

/**
 * The models for a language, the smaller ones first; none if there is none in the list.
 *
 * @param code As tweets have it, such as `de`, `pt-BR` or Twitter's `in` for Indonesian.
 */
export function modelsForLanguage(code: string): readonly HubModel[] {
  const language = code.toLowerCase().split(/[-_]/)[0] ?? '';
  const wanted = OLD_CODES.get(language) ?? language;
  return HUB_MODELS.filter((model) => model.language === wanted);
}
