import { describe, expect, it } from 'vitest';
import { actionLabel, errorText } from '../../../src/app/error-text/error-text.ts';
import type { ErrorCode, ErrorData, ErrorDetails } from '../../../src/core/errors.ts';
import { damaged, EXAMPLES, FAULTS, id, repository, weights } from './error-examples.ts';

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
    expect(caseText('stored-data-damaged', 'run').sentence).toContain('(part 3 of 12 is missing)');
    expect(caseText('device-lost', 'driver').sentence).toContain('(unplugged)');
    expect(textOf('device-lost', { reason: 'driver' }).sentence).not.toContain('(');
  });

  it('says what is wrong with a model’s file, and where', () => {
    const setting = { file: 'config.json', reason: 'malformed', fault: FAULTS.value } as const;
    expect(textOf('model-corrupt', setting).sentence).toBe(
      '“config.json” is damaged (n_layer should be a whole number from 1 to 512).',
    );
    expect(caseText('model-corrupt', 'missing-tensor').sentence).toBe(
      '“model.safetensors” has no tensor h.0.ln_1.bias.',
    );
    expect(caseText('unsupported', 'setting').sentence).toContain(
      'model_type is llama, and not gpt2',
    );
  });

  it('does not advise to download a file again that is damaged on the Hub', () => {
    const details = {
      ...{ ...weights, ...repository },
      reason: 'malformed',
      fault: FAULTS.surplus,
    } as const;
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
