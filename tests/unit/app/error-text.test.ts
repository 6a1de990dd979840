import { describe, expect, it } from 'vitest';
import { actionLabel, errorText } from '../../../src/app/error-text/error-text.ts';
import type { ErrorCode, ErrorData, ErrorDetails } from '../../../src/core/errors.ts';

/** What tells the cases of a code apart: its reason, or what it is about. */
type CaseOf<D> = D extends { readonly reason: infer R extends string }
  ? R
  : D extends { readonly what: infer W extends string }
    ? W
    : 'only';

const archive = { file: 'archive.zip › data/tweets.js' };
const repository = { repository: 'owner/name' };
const weights = { file: 'model.safetensors' };
const config = { file: 'config.json' };
const id = '5f';
const damaged = { id, detail: 'chunk 3 is missing' };

/** Every case of every code: one without an example here doesn't compile. */
const EXAMPLES: {
  readonly [C in ErrorCode]: { readonly [K in CaseOf<ErrorDetails[C]>]: ErrorDetails[C] };
} = {
  'archive-unreadable': {
    empty: { ...archive, reason: 'empty' },
    'not-a-zip': { ...archive, reason: 'not-a-zip' },
    truncated: { ...archive, reason: 'truncated' },
    damaged: { ...archive, reason: 'damaged' },
    encrypted: { ...archive, reason: 'encrypted' },
    'too-large': { ...archive, reason: 'too-large' },
    packed: { ...archive, reason: 'packed', packing: 'RAR' },
    'not-json': { ...archive, reason: 'not-json', line: 1204, column: 7 },
    encoding: { ...archive, reason: 'encoding' },
    'unknown-format': { ...archive, reason: 'unknown-format' },
    unreadable: { ...archive, reason: 'unreadable' },
  },
  'table-column-unknown': { only: { file: 'mine.csv', columns: 2, names: ['when', 'what'] } },
  'archive-no-tweets': {
    'no-tweet-file': { file: 'archive.zip', reason: 'no-tweet-file' },
    'no-tweets': { file: 'archive.zip', reason: 'no-tweets' },
    'not-needed': { file: 'archive.zip', reason: 'not-needed' },
  },
  'dataset-too-small': {
    only: { characters: 812, neededCharacters: 6000, tweetsKept: 1, tweetsLeftOut: 40 },
  },
  'backend-unavailable': {
    'no-webgpu': { reason: 'no-webgpu' },
    'no-adapter': { reason: 'no-adapter' },
    'no-webassembly': { reason: 'no-webassembly' },
  },
  'device-lost': {
    driver: { reason: 'driver', detail: 'unplugged' },
    silent: { reason: 'silent' },
    wrong: { reason: 'wrong' },
    replaced: { reason: 'replaced' },
  },
  'out-of-memory': { only: { neededBytes: 2.5e9, availableBytes: 1.2e9 } },
  'site-download': { only: { ...weights, status: 503 } },
  'model-download': {
    'not-found': { ...repository, reason: 'not-found' },
    private: { ...repository, reason: 'private' },
    'no-gpt2': { ...repository, reason: 'no-gpt2', file: 'config.json' },
    'not-the-hub': { ...repository, reason: 'not-the-hub' },
    'rate-limited': { ...repository, reason: 'rate-limited', retryAfterSeconds: 90 },
    offline: { ...repository, reason: 'offline' },
    'not-allowed': { ...repository, reason: 'not-allowed' },
    server: { ...repository, reason: 'server', status: 503 },
    stalled: { ...repository, reason: 'stalled' },
    truncated: { ...repository, reason: 'truncated', ...weights },
    damaged: { ...repository, reason: 'damaged', ...weights },
    changed: { ...repository, reason: 'changed' },
  },
  'model-corrupt': {
    unreadable: { ...weights, reason: 'unreadable' },
    'too-large': { ...weights, reason: 'too-large' },
    'cut-off': { ...weights, reason: 'cut-off' },
    'not-text': { ...config, reason: 'not-text' },
    'not-json': { ...config, reason: 'not-json' },
    'not-a-zip': { file: 'gpt2.zip', reason: 'not-a-zip' },
    'bad-setting': {
      ...config,
      reason: 'bad-setting',
      part: 'n_layer',
      detail: 'a whole number from 1 to 512',
    },
    'missing-tensor': { ...weights, reason: 'missing-tensor', part: 'h.0.ln_1.bias' },
    'repeated-tensor': { ...weights, reason: 'repeated-tensor', part: 'h.0.ln_1.bias' },
    'wrong-shape': {
      ...weights,
      reason: 'wrong-shape',
      part: 'wpe.weight',
      detail: '[2] instead of [3]',
    },
    'not-finite': { ...weights, reason: 'not-finite', part: 'wpe.weight' },
    malformed: { ...weights, reason: 'malformed', detail: 'the header is not JSON' },
  },
  unsupported: {
    setting: { ...config, what: 'setting', name: 'model_type', found: 'llama', expected: 'gpt2' },
    'missing-token': { file: 'tokenizer.json', what: 'missing-token', expected: '<|endoftext|>' },
    tensor: { ...weights, what: 'tensor', found: 'score.weight' },
    'onnx-size': { file: 'model.onnx', what: 'onnx-size', found: '48 layers of 1600 channels' },
    gguf: { ...config, what: 'gguf', name: 'activation_function', found: 'relu' },
    'lfs-pointer': { ...weights, what: 'lfs-pointer' },
    'big-endian': { file: 'pytorch_model.bin', what: 'big-endian' },
    'pickle-code': { file: 'pytorch_model.bin', what: 'pickle-code', found: 'posix.system' },
    'encrypted-zip': { file: 'gpt2.zip', what: 'encrypted-zip' },
    'zip-compression': { file: 'gpt2.zip', what: 'zip-compression' },
    'bot-format': {
      file: 'training_args.json',
      what: 'bot-format',
      found: 'mynah-bot/2',
      expected: 'mynah-bot/1',
    },
  },
  'run-file-unreadable': {
    unreadable: { file: 'runs.json', reason: 'unreadable' },
    'too-large': { file: 'runs.json', reason: 'too-large' },
    'not-json': { file: 'runs.csv', reason: 'not-json' },
    'no-runs': { file: 'package.json', reason: 'no-runs' },
    'other-version': { file: 'runs.json', reason: 'other-version' },
    damaged: {
      file: 'runs.json',
      reason: 'damaged',
      part: 'run.recipe.seed',
      expected: 'a number from 0 to 4294967295',
    },
  },
  'model-file-missing': { only: { ...config, alternatives: [] } },
  'adapter-base-needed': { only: { base: 'openai-community/gpt2' } },
  'model-needed': { only: { bots: ['@somebody', 'my bot'] } },
  'tokenizer-mismatch': { only: { tokenizerSize: 50_257, modelSize: 8000 } },
  'storage-quota': { only: { neededBytes: 75e6 } },
  'storage-blocked': {
    absent: { reason: 'absent' },
    'no-answer': { reason: 'no-answer' },
    denied: { reason: 'denied', detail: 'SecurityError: The operation is insecure.' },
    'older-tab': { reason: 'older-tab' },
    'newer-version': { reason: 'newer-version' },
    closed: { reason: 'closed' },
    vanished: { reason: 'vanished' },
    failed: { reason: 'failed', detail: 'UnknownError: Internal error' },
  },
  'file-not-writable': {
    full: { reason: 'full' },
    denied: { reason: 'denied' },
    failed: { reason: 'failed', detail: 'InvalidStateError: x' },
  },
  'not-found': {
    dataset: { what: 'dataset', id },
    texts: { what: 'texts', id },
    run: { what: 'run', id },
    version: { what: 'version', id },
    checkpoint: { what: 'checkpoint', id },
    adapter: { what: 'adapter', id },
    model: { what: 'model', id },
    download: { what: 'download', id },
  },
  'stored-data-damaged': {
    dataset: { what: 'dataset', ...damaged },
    texts: { what: 'texts', ...damaged },
    run: { what: 'run', ...damaged },
    version: { what: 'version', ...damaged },
    checkpoint: { what: 'checkpoint', ...damaged },
    adapter: { what: 'adapter', ...damaged },
    model: { what: 'model', ...damaged },
    download: { what: 'download', ...damaged },
  },
  'not-trained-yet': { only: {} },
  'loss-not-finite': { only: { step: 17 } },
  busy: {
    'another-tab': { reason: 'another-tab' },
    training: { reason: 'training' },
    importing: { reason: 'importing' },
    generating: { reason: 'generating' },
    downloading: { reason: 'downloading' },
  },
  cancelled: { only: {} },
  'worker-lost': {
    'not-loaded': { reason: 'not-loaded' },
    crashed: { reason: 'crashed', detail: 'RangeError: Array buffer allocation failed' },
    'unreadable-message': { reason: 'unreadable-message' },
    terminated: { reason: 'terminated' },
  },
  internal: { only: { message: 'TypeError: x is not a function' } },
};

const CASES = Object.entries(EXAMPLES).flatMap(([code, cases]) =>
  Object.entries(cases).map(([name, details]) => {
    // Pairs by construction; `Object.entries` forgets which details belong to which code.
    const error = { code, details } as ErrorData;
    return { code, name, error };
  }),
);

/** To people these are all the same: a bot. */
const SAME_SENTENCE = new Set(['run', 'version', 'checkpoint', 'adapter']);

/** Cases of one code after which there is something else to do. */
const OTHER_STEPS: readonly (readonly [ErrorCode, string, string])[] = [
  ['storage-blocked', 'denied', 'older-tab'],
  ['storage-blocked', 'older-tab', 'newer-version'],
  ['storage-blocked', 'newer-version', 'failed'],
  ['worker-lost', 'not-loaded', 'crashed'],
  ['file-not-writable', 'full', 'denied'],
  ['not-found', 'dataset', 'run'],
  ['not-found', 'dataset', 'texts'],
  ['not-found', 'run', 'version'],
  ['not-found', 'model', 'download'],
  ['stored-data-damaged', 'dataset', 'run'],
  ['stored-data-damaged', 'dataset', 'texts'],
  ['stored-data-damaged', 'model', 'download'],
  ['model-corrupt', 'unreadable', 'malformed'],
  ['unsupported', 'setting', 'lfs-pointer'],
  ['unsupported', 'pickle-code', 'big-endian'],
  ['unsupported', 'encrypted-zip', 'bot-format'],
];

function textOf<C extends ErrorCode>(code: C, details: ErrorDetails[C]) {
  return errorText({ code, details } as ErrorData);
}

function caseText(code: string, name: string) {
  const found = CASES.find((each) => each.code === code && each.name === name);
  if (found === undefined) throw new Error(`no case ${code} ${name}`);
  return errorText(found.error);
}

describe('errorText', () => {
  it.each(CASES)('says $code, $name, in a sentence, with a next step', ({ name, error }) => {
    const { details } = error;
    if (name !== 'only') expect(Object.values(details)).toContain(name);
    const { sentence, nextStep, actions } = errorText(error);
    expect(sentence).toMatch(/^[^a-z].*\.$/s);
    expect(nextStep).toMatch(/^[A-Z].*\.$/s);
    expect(`${sentence} ${nextStep}`).not.toMatch(/undefined|NaN|null|\[object/);
    // The ids of stored things mean nothing to people.
    expect(sentence).not.toContain(id);
    for (const action of actions) expect(actionLabel(action)).toBeTruthy();
  });

  it('has a sentence of its own for every case', () => {
    const sentences = new Map<string, string>();
    for (const { code, name, error } of CASES) {
      if (code === 'stored-data-damaged' && SAME_SENTENCE.has(name) && name !== 'run') continue;
      const { sentence } = errorText(error);
      expect(sentences.get(sentence), `${code}, ${name}: ${sentence}`).toBeUndefined();
      sentences.set(sentence, `${code}, ${name}`);
    }
  });

  it.each(OTHER_STEPS)('%s advises something else for %s than for %s', (code, one, other) => {
    expect(caseText(code, one).nextStep).not.toBe(caseText(code, other).nextStep);
  });

  it('does not tell who has deleted tweets that the bot is too old', () => {
    for (const what of ['dataset', 'texts'] as const) {
      const { sentence, nextStep } = textOf('not-found', { what, id });
      expect(`${sentence} ${nextStep}`).not.toMatch(/version|damaged/);
      expect(nextStep).toContain('still writes');
    }
    expect(caseText('not-found', 'dataset').sentence).toContain('deleted');
  });

  it.each([
    ['starter', /reload the page/i, ['reload-page']],
    ['files', /from its files/i, []],
    ['hub', /download it again/i, []],
    ['bot', /open its file again/i, ['show-library']],
  ] as const)(
    'says how to get a stored model again that came from %s',
    (origin, advice, actions) => {
      const text = textOf('stored-data-damaged', { what: 'model', ...damaged, origin });
      expect(text.nextStep).toMatch(advice);
      expect(text.actions).toEqual(actions);
    },
  );

  it('shows the exact place of damage, and a platform’s own words', () => {
    expect(caseText('stored-data-damaged', 'run').sentence).toContain('(chunk 3 is missing)');
    expect(caseText('device-lost', 'driver').sentence).toContain('(unplugged)');
    expect(textOf('device-lost', { reason: 'driver' }).sentence).not.toContain('(');
  });

  it('says what is wrong with a model’s file, and where', () => {
    expect(caseText('model-corrupt', 'bad-setting').sentence).toBe(
      'In “config.json”, n_layer should be a whole number from 1 to 512.',
    );
    expect(caseText('model-corrupt', 'missing-tensor').sentence).toBe(
      '“model.safetensors” has no tensor h.0.ln_1.bias.',
    );
    expect(caseText('unsupported', 'setting').sentence).toContain(
      'model_type is llama, and not gpt2',
    );
  });

  it('does not advise to download a file again that is damaged on the Hub', () => {
    const details = { ...weights, reason: 'malformed', ...repository } as const;
    expect(textOf('model-corrupt', details).nextStep).toContain('another download won’t help');
  });

  it('names the files that would do instead of one that is missing', () => {
    const alternatives = ['pytorch_model.bin'];
    expect(textOf('model-file-missing', { ...weights, alternatives }).sentence).toBe(
      'The model has neither “model.safetensors” nor “pytorch_model.bin”.',
    );
  });

  it('names the file and the place of the fault', () => {
    const { sentence } = caseText('archive-unreadable', 'not-json');
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
    const { sentence } = caseText('dataset-too-small', 'only');
    expect(sentence).toContain('1 tweet with 812 characters');
    expect(sentence).toContain('6,000');
  });

  it('gives sizes where they are known and leaves them out where not', () => {
    expect(caseText('out-of-memory', 'only').sentence).toContain('2.5 GB needed, 1.2 GB free');
    expect(errorText({ code: 'storage-quota', details: {} }).sentence).not.toContain('(');
    expect(caseText('file-not-writable', 'full').sentence).not.toContain('browser');
  });

  it('names the bots that a model can’t be deleted from under', () => {
    expect(caseText('model-needed', 'only').sentence).toContain('“@somebody” and “my bot”');
  });

  it('advises fewer tweets where it isn’t known that memory ran out in training', () => {
    expect(errorText({ code: 'out-of-memory', details: {} }).nextStep).toContain('fewer tweets');
    expect(caseText('out-of-memory', 'only').nextStep).not.toContain('tweets');
    expect(caseText('out-of-memory', 'only').nextStep).toContain('block length');
  });

  it('says of a training that can’t be begun what it takes, and what would fit', () => {
    const full = { mode: 'full', checkpointing: false } as const;
    const refused = errorText({
      code: 'out-of-memory',
      details: {
        ...{ reason: 'no-room', neededBytes: 5.9e9, requested: full },
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
      details: { reason: 'one-buffer', neededBytes: 4e8, requested: full, instead: null },
    });
    expect(hopeless.sentence).toContain('pieces larger than this graphics card takes');
    expect(hopeless.nextStep).toContain('smaller base model');
  });
});
