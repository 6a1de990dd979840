import { readFileSync } from 'node:fs';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseBotRecord } from '../../../src/bots/bot-record.ts';
import { adapterFolder, type ExportedAdapter, hubFolder } from '../../../src/bots/bot-folder.ts';
import { ggufFolder } from '../../../src/bots/gguf-folder.ts';
import { onnxFolder } from '../../../src/bots/onnx-folder.ts';
import { openParameters } from '../../../src/bots/read-model.ts';
import type { JsonObject } from '../../../src/bots/hub-config.ts';
import { mergedSource } from '../../../src/bots/merge-adapter.ts';
import { modelCard } from '../../../src/bots/model-card.ts';
import { memorySource } from '../../../src/bots/write-safetensors.ts';
import { type FolderFile, writeZip } from '../../../src/bots/write-zip.ts';
import { must } from '../../../src/core/assert.ts';
import { parseConfig } from '../../../src/model/config.ts';
import { findParameters } from '../../../src/model/find-parameters.ts';
import { adapterShapes } from '../../../src/model/lora.ts';
import type { LoraSettings } from '../../../src/domain/recipe.ts';
import { openSafetensors, parseSafetensorsHeader } from '../../../src/model/safetensors.ts';
import { toFloat32 } from '../../../src/model/tensor-source.ts';
import { elementCount } from '../../../src/core/shape.ts';
import { parameterShapes, type ShapeTable } from '../../../src/model/weights.ts';
import { TextTokenizer } from '../../../src/tokenizer/tokenizer.ts';
import { recordedDataset as dataset, someRecord as record } from '../../fixtures/bot-record.ts';
import { readerOf } from '../../support/model-folder.ts';

const starter = new URL('../../../public/models/starter/', import.meta.url);
const starterJson = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(name, starter), 'utf8')) as JsonObject;

const config = parseConfig(starterJson('config.json'));
const shapes = parameterShapes(config);

function valuesOf(table: ShapeTable): Map<string, Float32Array> {
  let seed = 1;
  return new Map(
    [...table].map(([name, shape]) => {
      seed += 1;
      const values = Float32Array.from({ length: elementCount(shape) }, (_, i) =>
        Math.sin(i * seed),
      );
      return [name, values];
    }),
  );
}

const weights = valuesOf(shapes);

const bot = {
  record,
  config,
  endOfText: '<|endoftext|>',
  configJson: starterJson('config.json'),
  tokenizerJson: starterJson('tokenizer.json'),
  weights: memorySource(shapes, weights),
  adapter: null,
};

/** Writes the files as a ZIP and reads it back with a ZIP reader. */
async function throughZip(files: readonly FolderFile[]): Promise<Map<string, Uint8Array>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (piece) => void pieces.push(piece.slice()),
  });
  await writeZip(sink, files);
  const entries = await new ZipReader(new BlobReader(new Blob(pieces))).getEntries();
  const contents = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (!entry.directory) {
      contents.set(
        entry.filename,
        await entry.getData(new Uint8ArrayWriter(), { checkSignature: true }),
      );
    }
  }
  return contents;
}

const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('an exported bot', () => {
  test('is the folder of a GPT-2 on the Hub', async () => {
    const files = await throughZip(hubFolder(bot, 'F32'));
    expect([...files.keys()].sort()).toEqual([
      'README.md',
      'config.json',
      'generation_config.json',
      'merges.txt',
      'model.safetensors',
      'special_tokens_map.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'train.py',
      'training_args.json',
      'vocab.json',
    ]);
    const exported = JSON.parse(textOf(files.get('config.json'))) as JsonObject;
    expect(parseConfig(exported)).toEqual(config);
    expect(exported).toMatchObject({
      architectures: ['GPT2LMHeadModel'],
      torch_dtype: 'float32',
      task_specific_params: {
        'text-generation': {
          do_sample: true,
          max_length: 160,
          top_p: 0.95,
        },
      },
    });
    // Pipelines would warn of it, and begin a text twice.
    expect(textOf(files.get('config.json'))).not.toContain('prefix');
    expect(JSON.parse(textOf(files.get('training_args.json')))).toEqual(record);
  });

  test('has the picture of the account and the state of the optimizer only if they are asked for', async () => {
    const moments = { m: valuesOf(shapes), v: weights };
    const asked = {
      ...bot,
      picture: { name: 'picture.jpg', bytes: Uint8Array.of(0xff, 0xd8) },
      optimizer: {
        ...{ updates: 17, shapes },
        async *read(moment: 'm' | 'v', name: string) {
          yield must(moments[moment].get(name), name);
        },
      },
    };
    const files = await throughZip(hubFolder(asked, 'F16'));
    expect([...must(files.get('picture.jpg'), 'the picture')]).toEqual([0xff, 0xd8]);
    const shown = '![The picture of the account](picture.jpg)';
    expect(textOf(files.get('README.md'))).toContain(shown);
    const bytes = must(files.get('optimizer.safetensors'), 'the optimizer');
    const { entries, metadata } = parseSafetensorsHeader(bytes, bytes.byteLength, 'optimizer');
    expect(metadata).toEqual({ format: 'pt', updates: '17' });
    expect(entries.size).toBe(2 * shapes.size);
    const wanted = {
      'exp_avg.transformer.ln_f.bias': 'm',
      'exp_avg_sq.transformer.ln_f.bias': 'v',
    };
    for (const [name, moment] of Object.entries(wanted)) {
      const { byteOffset, byteLength, dtype } = must(entries.get(name), name);
      const found = toFloat32(bytes.slice(byteOffset, byteOffset + byteLength), dtype, 'x');
      expect(found).toEqual(moments[moment as 'm' | 'v'].get('ln_f.bias'));
    }
    // Of a bot that is opened again, they are no weights.
    const readers = new Map([...files].map(([name, content]) => [name, readerOf(content)]));
    expect((await openParameters(readers, config)).parameters.size).toBe(shapes.size);

    const plain = await throughZip(hubFolder(bot, 'F16'));
    expect([...plain.keys()].filter((name) => /picture|optimizer/.test(name))).toEqual([]);
    expect(textOf(plain.get('README.md'))).not.toMatch(/!\[|<img/);
    const names = (list: readonly FolderFile[]) => list.map(({ name }) => name);
    for (const folder of [ggufFolder(asked, 'Q8_0'), onnxFolder(asked)]) {
      expect(names(folder)).toContain('picture.jpg');
      expect(names(folder)).not.toContain('optimizer.safetensors');
    }
  });

  test.each(['F32', 'F16'] as const)('has its weights by the Hub’s names in %s', async (dtype) => {
    const files = await throughZip(hubFolder(bot, dtype));
    const bytes = files.get('model.safetensors') as Uint8Array;
    const { entries, metadata } = parseSafetensorsHeader(
      bytes,
      bytes.byteLength,
      'model.safetensors',
    );
    expect(metadata).toEqual({ format: 'pt' });
    expect([...entries.keys()]).toEqual([...shapes.keys()].map((name) => `transformer.${name}`));
    for (const [name, values] of weights) {
      const entry = entries.get(`transformer.${name}`);
      if (entry === undefined) throw new Error(name);
      expect(entry.shape).toEqual(shapes.get(name));
      const found = bytes.slice(entry.byteOffset, entry.byteOffset + entry.byteLength);
      const read = toFloat32(found, dtype, 'x');
      const worst = read.reduce(
        (most, x, i) => Math.max(most, Math.abs(x - (values[i] as number))),
        0,
      );
      // Half a unit in the last place of numbers up to 1.
      expect(worst).toBeLessThanOrEqual(dtype === 'F32' ? 0 : 2 ** -12);
    }
  });

  test('with a head of its own has it under the name that transformers gives it', async () => {
    const own = { ...config, hasOwnHead: true };
    const values = new Map(weights).set('lm_head.weight', must(weights.get('wte.weight'), 'wte'));
    const configJson = { ...bot.configJson, tie_word_embeddings: false };
    const source = memorySource(parameterShapes(own), values);
    const files = await throughZip(
      hubFolder({ ...bot, config: own, configJson, weights: source }, 'F32'),
    );
    const read = parseConfig(JSON.parse(textOf(files.get('config.json'))));
    expect(read).toEqual(own);
    const file = must(files.get('model.safetensors'), 'the weights');
    const tensors = await openSafetensors(readerOf(file), 'model.safetensors');
    expect([...tensors.keys()].filter((name) => !name.startsWith('transformer.'))).toEqual([
      'lm_head.weight',
    ]);
    expect(findParameters(tensors, read, 'x').parameters.has('lm_head.weight')).toBe(true);
  });

  test('has a tokenizer that others read as the page does', async () => {
    const tokenizerJson = { ...bot.tokenizerJson, normalizer: { type: 'NFC' } };
    const files = await throughZip(hubFolder({ ...bot, tokenizerJson }, 'F16'));
    expect(JSON.parse(textOf(files.get('tokenizer.json')))).toMatchObject({
      normalizer: { type: 'NFC' },
      post_processor: {
        single: [{ SpecialToken: { id: '<|endoftext|>' } }, { Sequence: { id: 'A' } }],
        special_tokens: { '<|endoftext|>': { ids: [config.endOfTextId] } },
      },
    });
    const reopened = new TextTokenizer(JSON.parse(textOf(files.get('tokenizer.json'))), {});
    const ours = new TextTokenizer(tokenizerJson, {});
    expect(reopened.encode('e\u0301 is é.')).toEqual(ours.encode('e\u0301 is é.'));
    expect(JSON.parse(textOf(files.get('tokenizer_config.json')))).toEqual({
      bos_token: '<|endoftext|>',
      eos_token: '<|endoftext|>',
      unk_token: '<|endoftext|>',
      add_prefix_space: false,
      clean_up_tokenization_spaces: false,
      model_max_length: 256,
      model_input_names: ['input_ids', 'attention_mask'],
      tokenizer_class: 'PreTrainedTokenizerFast',
    });
  });

  test('has a vocabulary that older tools read the same', async () => {
    const files = await throughZip(hubFolder(bot, 'F16'));
    const vocabulary = JSON.parse(textOf(files.get('vocab.json'))) as Record<string, number>;
    expect(Object.keys(vocabulary)).toHaveLength(config.vocabSize);
    expect(vocabulary['<|endoftext|>']).toBe(config.endOfTextId);
    const merges = textOf(files.get('merges.txt')).trimEnd().split('\n');
    expect(merges.shift()).toBe('#version: 0.2');
    const rebuilt = {
      ...bot.tokenizerJson,
      model: { ...(bot.tokenizerJson['model'] as JsonObject), merges },
    };
    const ours = new TextTokenizer(bot.tokenizerJson, {});
    const theirs = new TextTokenizer(rebuilt, {});
    const text = 'My dream is that the birds will sing; 3,200 of them — every morning.';
    expect(theirs.encode(text)).toEqual(ours.encode(text));
  });

  test('is written a tensor at a time, and stops when it is cancelled', async () => {
    const read: string[] = [];
    const slow = {
      shapes,
      async *read(name: string) {
        read.push(name);
        yield (weights.get(name) as Float32Array).slice();
      },
    };
    const abort = new AbortController();
    let state = 'open';
    const sink = new WritableStream<Uint8Array<ArrayBuffer>>({
      close: () => {
        state = 'closed';
      },
      abort: () => {
        state = 'aborted';
      },
    });
    const writing = writeZip(sink, hubFolder({ ...bot, weights: slow }, 'F32'), {
      signal: abort.signal,
      onWritten: () => {
        if (read.length === 3) abort.abort();
      },
    });
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
    expect(read.length).toBeLessThanOrEqual(4);
    expect(state).toBe('aborted');
  });
});

describe('the model card', () => {
  const card = modelCard(record, null);
  const [, frontMatter = ''] = card.split(/^---$/m);

  test('begins with metadata that the Hub reads', () => {
    expect(parseYaml(frontMatter)).toEqual({
      // Norwegian, which bare YAML would take for false; Indonesian, which X calls as in 1988.
      language: ['no', 'id', 'zh'],
      library_name: 'transformers',
      pipeline_tag: 'text-generation',
      tags: ['gpt2', 'text-generation', 'huggingtweets', 'mynah'],
      base_model: 'openai-community/gpt2',
      widget: [{ text: 'My dream is' }],
      'model-index': [
        {
          name: record.name,
          results: [
            {
              task: { type: 'text-generation' },
              dataset: { type: 'tweets', name: 'tweets of @ada_l, @b that were held out' },
              metrics: [
                { type: 'loss', value: 3.5 },
                { type: 'perplexity', value: 33.1155 },
              ],
            },
          ],
        },
      ],
    });
  });

  test('says how good it is on the tweets that were held out, where that was measured', () => {
    expect(card).toContain('5 % of the tweets were held out. On these, the weights');
    expect(card).toContain('have a loss of 3.5000 for a token, which is a perplexity of 33.1.');
    const bits = record.points.map((point) => ({
      ...point,
      ...(point.validationLoss && { bitsPerByte: point.validationLoss / 2 }),
    }));
    const withBits = modelCard({ ...record, points: bits }, null);
    expect(withBits).toContain('which is a perplexity of 33.1 and 1.750 bits per byte of text.');
    expect(withBits).toMatch(/- type: bits_per_byte\n +value: 1\.75/);
    for (const validationLoss of [null, 1e6]) {
      const silent = modelCard({ ...record, validationLoss }, null);
      expect(silent).not.toContain('## Evaluation');
      expect(parseYaml(silent.split(/^---$/m)[1] ?? '')).not.toHaveProperty('model-index');
    }
  });

  test('of a bot that an earlier build has exported has the lowest loss that was measured', () => {
    const { validationLoss: _, ...earlier } = record;
    expect(modelCard(earlier, null)).toContain('have a loss of 3.6125 for a token');
    const unmeasured = record.points.map(({ validationLoss, ...point }) => point);
    expect(modelCard({ ...earlier, points: unmeasured }, null)).not.toContain('## Evaluation');
  });

  test('has the learning rate of the recipe, which may be another one than was planned', () => {
    const recipe = { ...record.recipe, learningRate: 2.744e-4 };
    expect(modelCard({ ...record, recipe }, null)).toContain('| learning rate | 0.0002744, ');
  });

  test('names no language where the tweets tell none', () => {
    const silent = modelCard({ ...record, dataset: { ...dataset, languages: [] } }, null);
    expect(parseYaml(silent.split(/^---$/m)[1] ?? '')).not.toHaveProperty('language');
  });

  test('has the table of tweets, a column an account', () => {
    for (const row of [
      '| Data | @ada\\_l | @b |',
      '| Tweets downloaded | 1,000 | 400 |',
      '| Retweets | 100 | 40 |',
      '| Short tweets | 50 | 20 |',
      '| Tweets kept | 850 | 340 |',
    ]) {
      expect(card).toContain(row);
    }
    expect(card).not.toContain('left out');
  });

  test('has the hyperparameters and a loss curve of ten rows that ends with the last', () => {
    expect(card).toContain(
      '| learning rate | 0.0001372, warm-up during 10 % of the steps (at most 20), cosine to 0 |',
    );
    expect(card).toContain('| attention | within a tweet |');
    const rows = card.split('\n').filter((line) => /^\| \d+ \| \d+\.\d\d \| /.test(line));
    expect(rows).toHaveLength(10);
    expect(rows.at(-1)).toMatch(/^\| 120 \| 4\.00 \| 3\.0167 \| 3\.6125 \|$/);
  });

  test('of a bot whose training nobody recorded says just that', () => {
    const opened = modelCard({ ...record, dataset: { ...dataset, accounts: [] } }, null);
    expect(opened).toContain('is not known here');
    expect(opened).toContain("pipeline('text-generation'");
    expect(opened).toContain('## Limitations and bias');
    expect(opened).not.toMatch(/fine-tuned|^## Training|SHA-256|\| --- \|/m);
  });

  test('takes a name for text, never for markup', () => {
    expect(card).toContain('Ada \\*the\\* \\[bot\\]\\(http://x\\)');
    const emoji = '\n# <b>';
    expect(modelCard({ ...record, emoji }, null)).toContain('#  \\# \\<b\\> Ada');
  });

  test('names no model that can’t be one: a record is read from anybody’s file', () => {
    const of = (repo: string) => parseBotRecord({ ...record, base: { ...record.base, repo } });
    expect(of('openai-community/gpt2')).toEqual(record);
    expect(() => of('x](http://x) <b>')).toThrowError(/model-corrupt.*base\.repo/);
  });
});

test('a bot’s record with an impossible figure is refused, wherever the figure is', () => {
  expect(parseBotRecord(record)).toEqual(record);
  const point = { step: 1, loss: 1, learningRate: 1, epoch: 1 };
  const impossible: readonly [part: string, changed: object][] = [
    ['bot.tokensPerSecond', { tokensPerSecond: JSON.parse('1e999') }],
    ['bot.tokensPerSecond', { tokensPerSecond: -1 }],
    ['bot.seed', { seed: 1e300 }],
    ['bot.points.0.loss', { points: [{ ...point, loss: -0.5 }] }],
    ['bot.plan.learningRate', { plan: { ...record.plan, learningRate: Infinity } }],
    ['bot.dataset.createdAt', { dataset: { ...record.dataset, createdAt: Number.NaN } }],
  ];
  for (const [part, changed] of impossible) {
    expect(() => parseBotRecord({ ...record, ...changed })).toThrow(
      expect.objectContaining({
        data: {
          code: 'model-corrupt',
          details: expect.objectContaining({ fault: expect.objectContaining({ at: part }) }),
        },
      }),
    );
  }
});

describe('an adapter', () => {
  const settings: LoraSettings = {
    rank: 2,
    alpha: 4,
    dropout: 0,
    targets: ['attn.c_attn', 'mlp.c_proj'],
  };
  const table = adapterShapes(config, settings);
  const adapter = valuesOf(table);
  const exported: ExportedAdapter = {
    settings,
    weights: memorySource(table, adapter),
    base: record.base,
  };

  test('says what it needs and how it is used, and not what only a whole model can', async () => {
    const card = textOf(
      (await throughZip(adapterFolder(record, exported, bot.endOfText))).get('README.md'),
    );
    expect(card).toContain('library_name: peft');
    expect(card).toContain('base = "openai-community/gpt2"');
    expect(card).toContain('PeftModel.from_pretrained');
    // As the page does: what it learned from begins so.
    expect(card).toContain(
      `generator("My dream is", prefix="<|endoftext|>", add_special_tokens=False,`,
    );
    expect(card).not.toContain('merged into');
    expect(card).toContain(
      '| adapter | rank 2, alpha 4, dropout 0, on `attn.c_attn` and `mlp.c_proj` of every layer |',
    );
    expect(modelCard(record, settings)).toContain('| adapter | rank 2,');
    expect(modelCard(record, null)).not.toMatch(/PeftModel|\| adapter \|/);
  });

  test('of a bot that was opened names no model of the Hub: it needs the bot’s own weights', async () => {
    const base = { name: 'polly', repo: null, revision: null };
    const files = await throughZip(adapterFolder(record, { ...exported, base }, bot.endOfText));
    const { base_model_name_or_path: named } = JSON.parse(
      textOf(files.get('adapter_config.json')),
    ) as JsonObject;
    expect(named).toBeNull();
    const card = textOf(files.get('README.md'));
    expect(card).toContain("isn't on the Hub: give the folder of the model that Mynah calls polly");
    expect(card).not.toContain('base_model:');
  });

  test('is saved as PEFT saves it', async () => {
    const files = await throughZip(adapterFolder(record, exported, bot.endOfText));
    expect(JSON.parse(textOf(files.get('adapter_config.json')))).toMatchObject({
      peft_type: 'LORA',
      task_type: 'CAUSAL_LM',
      base_model_name_or_path: 'openai-community/gpt2',
      r: 2,
      lora_alpha: 4,
      fan_in_fan_out: true,
      target_modules: ['attn.c_attn', 'mlp.c_proj'],
    });
    const bytes = files.get('adapter_model.safetensors') as Uint8Array;
    const { entries } = parseSafetensorsHeader(
      bytes,
      bytes.byteLength,
      'adapter_model.safetensors',
    );
    expect(entries.get('base_model.model.transformer.h.5.mlp.c_proj.lora_B.weight')?.shape).toEqual(
      [config.nEmbd, 2],
    );
    expect(entries.size).toBe(table.size);
  });

  test('merged, adds alpha / rank · (B · A)ᵀ to the layers it is for, and to no others', async () => {
    // Cut in the middle of rows, as pieces are.
    const pieces = {
      shapes,
      async *read(name: string) {
        const values = must(weights.get(name), name);
        for (let at = 0; at < values.length; at += 1001) yield values.slice(at, at + 1001);
      },
    };
    const merged = mergedSource(config, pieces, settings, adapter);
    const read = async (name: string) => {
      const values: number[] = [];
      for await (const piece of merged.read(name)) values.push(...piece);
      return Float32Array.from(values);
    };
    const name = 'h.1.attn.c_attn.weight';
    const after = await read(name);
    const [inputs, outputs] = shapes.get(name) as [number, number];
    const a = adapter.get('h.1.attn.c_attn.lora_A.weight') as Float32Array;
    const b = adapter.get('h.1.attn.c_attn.lora_B.weight') as Float32Array;
    const before = weights.get(name) as Float32Array;
    let worst = 0;
    expect(outputs % 1001).not.toBe(0);
    for (let at = 0; at < inputs * outputs; at++) {
      const [i, o] = [Math.floor(at / outputs), at % outputs];
      let delta = 0;
      for (let r = 0; r < 2; r++) delta += (b[o * 2 + r] as number) * (a[r * inputs + i] as number);
      worst = Math.max(worst, Math.abs((after[at] as number) - (before[at] as number) - 2 * delta));
    }
    expect(worst).toBeLessThan(1e-5);
    expect(await read('h.1.mlp.c_fc.weight')).toEqual(weights.get('h.1.mlp.c_fc.weight'));
  });
});
