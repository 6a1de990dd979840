import { describe, expect, it } from 'vitest';
import { ACTION_LABELS } from '../../../src/app/error-text/error-parts.ts';
import { errorText } from '../../../src/app/error-text/error-text.ts';
import type { ErrorCode, ErrorData } from '../../../src/core/errors.ts';

/** One of each code; a new code without an example here doesn't compile. */
const EXAMPLES: { readonly [C in ErrorCode]: Extract<ErrorData, { readonly code: C }> } = {
  'archive-unreadable': {
    code: 'archive-unreadable',
    details: { file: 'archive.zip › data/tweets.js', reason: 'not-json', line: 1204, column: 7 },
  },
  'table-column-unknown': {
    code: 'table-column-unknown',
    details: { file: 'mine.csv', columns: 2, names: ['when', 'what'] },
  },
  'archive-no-tweets': {
    code: 'archive-no-tweets',
    details: { file: 'archive.zip', reason: 'no-tweets' },
  },
  'dataset-too-small': {
    code: 'dataset-too-small',
    details: { characters: 812, neededCharacters: 6000, tweetsKept: 1, tweetsLeftOut: 40 },
  },
  'webgpu-unavailable': { code: 'webgpu-unavailable', details: { reason: 'no adapter' } },
  'device-lost': { code: 'device-lost', details: { reason: 'unplugged' } },
  'out-of-memory': {
    code: 'out-of-memory',
    details: { neededBytes: 2.5e9, availableBytes: 1.2e9 },
  },
  'weights-download': {
    code: 'weights-download',
    details: { file: 'model.safetensors', status: 503 },
  },
  'model-download': {
    code: 'model-download',
    details: { repository: 'owner/name', reason: 'rate-limited', retryAfterSeconds: 90 },
  },
  'weights-corrupt': {
    code: 'weights-corrupt',
    details: { file: 'model.safetensors', reason: 'ends too early' },
  },
  'model-unsupported': {
    code: 'model-unsupported',
    details: { file: 'config.json', reason: 'says model_type is llama, not gpt2' },
  },
  'model-missing': { code: 'model-missing', details: { modelId: 'files-5f' } },
  'model-needed': { code: 'model-needed', details: { bots: ['@somebody', 'my bot'] } },
  'tokenizer-mismatch': {
    code: 'tokenizer-mismatch',
    details: { tokenizerSize: 50_257, modelSize: 8000 },
  },
  'storage-quota': { code: 'storage-quota', details: { neededBytes: 75e6 } },
  'storage-blocked': { code: 'storage-blocked', details: { reason: 'private window' } },
  'checkpoint-incompatible': { code: 'checkpoint-incompatible', details: { reason: 'version 9' } },
  'loss-not-finite': { code: 'loss-not-finite', details: { step: 17 } },
  busy: { code: 'busy', details: { reason: 'another-tab' } },
  cancelled: { code: 'cancelled', details: {} },
  'worker-lost': { code: 'worker-lost', details: { reason: 'out of memory' } },
  internal: { code: 'internal', details: { message: 'TypeError: x is not a function' } },
};

describe('errorText', () => {
  it.each(Object.values(EXAMPLES))('says $code in sentences, with a next step', (error) => {
    const { sentence, nextStep, actions } = errorText(error);
    expect(sentence).toMatch(/^[^a-z].*\.$/s);
    expect(nextStep).toMatch(/^[A-Z].*\.$/s);
    expect(`${sentence} ${nextStep}`).not.toMatch(/undefined|NaN|\[object/);
    for (const action of actions) expect(ACTION_LABELS[action]).toBeTruthy();
  });

  it('names the file and the place of the fault', () => {
    const { sentence } = errorText(EXAMPLES['archive-unreadable']);
    expect(sentence).toBe(
      '“archive.zip › data/tweets.js” is damaged: it breaks at line 1,204, character 7.',
    );
  });

  it('names the file without a place where there is none', () => {
    const { sentence } = errorText({
      code: 'archive-unreadable',
      details: { file: 'tweets.js', reason: 'empty' },
    });
    expect(sentence).toBe('“tweets.js” is empty.');
  });

  it('advises to keep more only where something is left out', () => {
    const of = (tweetsLeftOut: number) =>
      errorText({
        code: 'dataset-too-small',
        details: { characters: 812, neededCharacters: 6000, tweetsKept: 1, tweetsLeftOut },
      }).nextStep;
    expect(of(40)).toContain('Keep some of the 40 tweets that are left out');
    expect(of(0)).not.toContain('left out');
  });

  it('says how much text there is and how much it takes', () => {
    const { sentence } = errorText(EXAMPLES['dataset-too-small']);
    expect(sentence).toContain('1 tweet with 812 characters');
    expect(sentence).toContain('6,000');
  });

  it('gives sizes where they are known and leaves them out where not', () => {
    expect(errorText(EXAMPLES['out-of-memory']).sentence).toContain('2.5 GB needed, 1.2 GB free');
    expect(errorText({ code: 'storage-quota', details: {} }).sentence).not.toContain('(');
    const ofFile = errorText({ code: 'storage-quota', details: { isOfFile: true } });
    expect(ofFile.sentence).not.toContain('browser');
  });

  it.each([
    ['documents of 5f', /import them again/i, 'choose-files'],
    ['tweets of 5f', /import them again/i, 'choose-files'],
    ['checkpoint 5f', /train a new one/i, 'show-library'],
    ['model.safetensors', /reload the page/i, 'reload-page'],
  ] as const)('gives advice that works where “%s” is damaged', (file, advice, action) => {
    const text = errorText({ code: 'weights-corrupt', details: { file, reason: 'chunk 0' } });
    expect(text.nextStep).toMatch(advice);
    expect(text.actions).toEqual([action]);
    // The names of stored things mean nothing to people.
    expect(text.sentence.includes('5f')).toBe(false);
  });

  it.each([
    ['files', /get that file again/i],
    ['hub', /download it again/i],
  ] as const)('says how to get a damaged file again that came from %s', (origin, advice) => {
    const details = { file: 'model.safetensors', reason: 'h.0.ln_1.bias is missing', origin };
    const { sentence, nextStep } = errorText({ code: 'weights-corrupt', details });
    expect(sentence).toContain('“model.safetensors” is damaged: h.0.ln_1.bias is missing.');
    expect(nextStep).toMatch(advice);
  });

  it('names the bots that a model can’t be deleted from under', () => {
    expect(errorText(EXAMPLES['model-needed']).sentence).toContain('“@somebody”, “my bot”');
  });

  it('advises fewer tweets where it isn’t known that memory ran out in training', () => {
    expect(errorText({ code: 'out-of-memory', details: {} }).nextStep).toContain('fewer tweets');
    expect(errorText(EXAMPLES['out-of-memory']).nextStep).not.toContain('tweets');
    expect(errorText(EXAMPLES['out-of-memory']).nextStep).toContain('block length');
  });

  it('says of a training that can’t be begun what it takes, and what would fit', () => {
    const full = { mode: 'full', checkpointing: false } as const;
    const refused = errorText({
      code: 'out-of-memory',
      details: {
        ...{ reason: 'no-room', neededBytes: 5.9e9, wish: full },
        instead: { mode: 'lora', checkpointing: true, neededBytes: 1.3e9 },
      },
    });
    expect(refused.sentence).toBe(
      'Training all of this model takes 5.9 GB, more than the graphics card gave when asked.',
    );
    expect(refused.nextStep).toBe(
      'Under Advanced, choose to train an adapter beside this model with “Use less memory”: that takes 1.3 GB.',
    );
    const hopeless = errorText({
      code: 'out-of-memory',
      details: { reason: 'one-buffer', neededBytes: 4e8, wish: full, instead: null },
    });
    expect(hopeless.sentence).toContain('pieces larger than this graphics card takes');
    expect(hopeless.nextStep).toContain('smaller base model');
  });

  it('says of a bot without its tweets that they were deleted', () => {
    const { sentence, nextStep } = errorText({
      code: 'checkpoint-incompatible',
      details: { reason: 'no such dataset' },
    });
    expect(sentence).toContain('deleted');
    expect(nextStep).toContain('still writes');
  });
});
