/** The gate for stored and foreign data: what is malformed never passes, and nothing else is thrown. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseStoredTweet } from '../../../src/archive/stored-tweet.ts';
import { type BotRecord, parseBotRecord, UNSAID } from '../../../src/bots/bot-record.ts';
import { MynahError } from '../../../src/core/errors.ts';
import {
  arrayOf,
  integerFrom,
  nullable,
  numberFrom,
  objectOf,
  oneOf,
  optional,
  otherwise,
  ParseError,
  type Parser,
  parseBoolean,
  parseCount,
  parseNumber,
  parseOpaqueObject,
  parseString,
  recordOf,
  stringMatching,
} from '../../../src/core/parse.ts';
import { parseConfig, PLAIN_GPT2 } from '../../../src/model/config.ts';
import type { TrainingPlan } from '../../../src/protocol/training.ts';
import { parseTrainingPlan } from '../../../src/storage/parse-training.ts';
import { parseDatasetSummary } from '../../../src/storage/parse-dataset.ts';
import { createRecipe, defaultLora } from '../../../src/train/recipe.ts';
import { parseRecipe } from '../../../src/domain/recipe.ts';
import { datasetSummary } from '../../fixtures/dataset-summary.ts';
import { type Damage, damagedCopy, damageTo } from '../../support/mutations.ts';

const seed = 20261130;
const isObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

describe('a parser takes what it says, and refuses all else with a ParseError', () => {
  const parsers: Readonly<Record<string, readonly [Parser<unknown>, (v: unknown) => boolean]>> = {
    string: [parseString, (v) => typeof v === 'string'],
    'string of letters': [
      stringMatching(/^[a-z]+$/),
      (v) => typeof v === 'string' && /^[a-z]+$/.test(v),
    ],
    boolean: [parseBoolean, (v) => typeof v === 'boolean'],
    number: [parseNumber, (v) => typeof v === 'number'],
    count: [parseCount, (v) => typeof v === 'number' && Number.isSafeInteger(v) && v >= 0],
    'number from 1 to 2': [numberFrom(1, 2), (v) => typeof v === 'number' && v >= 1 && v <= 2],
    'whole number from -1 to 1': [integerFrom(-1, 1), (v) => v === -1 || v === 0 || v === 1],
    choice: [oneOf('a', 'b'), (v) => v === 'a' || v === 'b'],
    object: [parseOpaqueObject, isObject],
    'nullable string': [nullable(parseString), (v) => v === null || typeof v === 'string'],
    'optional string': [optional(parseString), (v) => v === undefined || typeof v === 'string'],
    'array of strings': [
      arrayOf(parseString),
      (v) => Array.isArray(v) && v.every((item) => typeof item === 'string'),
    ],
    'record of strings': [
      recordOf(parseString),
      (v) => isObject(v) && Object.values(Object(v)).every((item) => typeof item === 'string'),
    ],
    'object with a name': [
      objectOf({ name: parseString }),
      (v) => isObject(v) && typeof Reflect.get(Object(v), 'name') === 'string',
    ],
  };
  const likely = fc.oneof(
    fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
    fc.constantFrom('a', 'b', -1, 0, 1, 1.5, 2, 3, Number.NaN, Infinity, null, undefined),
    fc.record({ name: fc.anything() }),
    fc.array(fc.string()),
    fc.dictionary(fc.string(), fc.string()),
  );

  test.each(Object.entries(parsers))(`%s (seed ${seed})`, (_name, [parse, isValid]) => {
    fc.assert(
      fc.property(likely, (value) => {
        let error: unknown = null;
        try {
          parse(value, 'it');
        } catch (thrown) {
          error = thrown;
        }
        if (isValid(value)) expect(error).toBeNull();
        else expect(error).toBeInstanceOf(ParseError);
      }),
      { seed, numRuns: 400 },
    );
  });
});

describe('a lenient parser', () => {
  const parse = arrayOf(otherwise(objectOf({ name: parseString }), null));

  test('replaces what is refused, and only that', () => {
    const list = [{ name: 'a' }, { name: 1 }, 'a', null, { name: 'b', age: 2 }];
    expect(parse(list, 'it')).toEqual([{ name: 'a' }, null, null, null, { name: 'b' }]);
    expect(() => parse('a', 'it')).toThrow(ParseError);
  });

  test('lets a fault of the parser itself through', () => {
    const broken = (): never => {
      throw new TypeError('a bug');
    };
    expect(() => otherwise(broken, null)(1, 'it')).toThrow(TypeError);
  });
});

const plan: TrainingPlan = {
  ...{ steps: 10, epochs: 1.5, blockLength: 64, microBatch: 1, accumulation: 4 },
  ...{ learningRate: 1e-4, datasetTokens: 1000, parameters: 1234, mode: 'lora' },
  ...{ trainedParameters: 34, checkpointing: true },
  ...{ tokensPerSecond: 100, estimatedSeconds: 12.5, estimatedBytes: 1e6 },
  memory: { weightBytes: 5, gradientBytes: 1, momentBytes: 2, workingBytes: 2 },
};
const recipe = createRecipe({
  config: {
    ...{ nLayer: 2, nHead: 2, nEmbd: 16, blockSize: 32, vocabSize: 50 },
    ...{ ...PLAIN_GPT2, endOfTextId: 49 },
  },
  shape: { blockLength: 32, microBatch: 2, accumulation: 2 },
  overrides: {},
  way: {
    mode: { kind: 'lora', isBaseHalf: false, ...defaultLora },
    checkpointing: false,
    dropout: 0.1,
    attention: 'document',
  },
  preset: 'best',
  epochTokens: 5000,
  seed: 5,
});
const bot: BotRecord = {
  format: 'mynah-bot/1',
  name: 'Polly',
  emoji: null,
  base: { name: 'gpt2', repo: 'openai-community/gpt2', revision: null },
  dataset: datasetSummary(),
  recipe,
  plan,
  ...{
    completedSteps: 3,
    totalSteps: 10,
    seed: 7,
    createdAt: 1,
    tokensPerSecond: 12.5,
    trainedShare: 1,
  },
  points: [{ step: 3, loss: 4.2, learningRate: 1e-4, epoch: 0.5 }],
  backend: 'wasm',
  adapter: '2 threads',
  versions: { mynah: '0.1.0' },
};
const config = {
  ...{ model_type: 'gpt2', n_layer: 2, n_head: 2, n_embd: 16, n_positions: 32, vocab_size: 50 },
};

/** What is in a table with free keys may be missing. */
function isStillValid({ path, value }: Damage): boolean {
  const isOptional =
    ['reasons', 'versions'].includes(String(path.at(-2))) || path.at(-1) === 'finalRate';
  return value === undefined && isOptional;
}

/** Whether a path leads to a field of the value. */
function isIn(value: unknown, [name, ...rest]: readonly PropertyKey[]): boolean {
  if (name === undefined) return true;
  if (typeof value !== 'object' || value === null || !(name in value)) return false;
  return isIn(Reflect.get(value, name), rest);
}

describe(`whatever in it is damaged, it is refused (seed ${seed})`, () => {
  const refused: Readonly<Record<string, readonly [object, (value: unknown) => unknown]>> = {
    'a recipe': [recipe, (value) => parseRecipe(value, 'recipe')],
    'a plan': [plan, (value) => parseTrainingPlan(value, 'plan')],
    'a dataset': [datasetSummary(), (value) => parseDatasetSummary(value, 'dataset')],
    'a tweet': [
      ['text', 0, 3, 1, 'id', 5, 7, 'en', null, null, 'b', 'c'],
      (value) => parseStoredTweet(value, 'tweet'),
    ],
  };
  test.each(Object.entries(refused))('%s, with a ParseError', (_name, [valid, parse]) => {
    expect(parse(valid)).toBeTruthy();
    fc.assert(
      fc.property(damageTo(valid), (damage) => {
        fc.pre(!isStillValid(damage));
        // A field of a stored tweet that is left out at the end is null.
        fc.pre(!(Array.isArray(valid) && damage.value === undefined && damage.path[0] !== 0));
        expect(() => parse(damagedCopy(valid, damage))).toThrow(ParseError);
      }),
      { seed, numRuns: 400 },
    );
  });

  test('the record of a bot, with model-corrupt naming the place and never a value', () => {
    expect(parseBotRecord(bot)).toEqual(bot);
    fc.assert(
      fc.property(damageTo(bot), (damage) => {
        // Without its format nothing says that it is ours.
        fc.pre(damage.path.length > 0 && damage.path[0] !== 'format' && !isStillValid(damage));
        // Earlier builds didn't say it.
        fc.pre(!(damage.value === undefined && isIn(UNSAID, damage.path)));
        const error = errorOf(() => parseBotRecord(damagedCopy(bot, damage)));
        expect(error.data).toMatchObject({
          code: 'model-corrupt',
          details: { file: 'training_args.json', reason: 'malformed' },
        });
        expect(JSON.stringify(error.data)).toContain(String(damage.path[0]));
      }),
      { seed, numRuns: 400 },
    );
  });

  test('a model’s config, with model-corrupt or unsupported', () => {
    expect(parseConfig(config).nLayer).toBe(2);
    fc.assert(
      fc.property(damageTo(config), (damage) => {
        // A size that isn't there is the usual one.
        const [field = 'model_type'] = damage.path;
        fc.pre(damage.value !== undefined || field === 'model_type');
        const error = errorOf(() => parseConfig(damagedCopy(config, damage)));
        expect(['model-corrupt', 'unsupported']).toContain(error.code);
      }),
      { seed, numRuns: 400 },
    );
  });

  test('and what is no record at all', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        fc.pre(!isObject(value));
        expect(() => parseRecipe(value, 'recipe')).toThrow(ParseError);
        expect(() => parseDatasetSummary(value, 'dataset')).toThrow(ParseError);
        expect(errorOf(() => parseConfig(value)).code).toBe('model-corrupt');
        expect(parseBotRecord(value)).toBeNull();
      }),
      { seed },
    );
  });
});

function errorOf(work: () => unknown): MynahError {
  try {
    work();
  } catch (error) {
    if (error instanceof MynahError) return error;
    throw error;
  }
  throw new Error('it passed');
}
