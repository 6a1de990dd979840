/** An example of every case of every error. */
import type { ErrorCode, ErrorDetails } from '../../../src/core/errors.ts';
import type { Expected, Fault } from '../../../src/core/faults.ts';

/** What tells the cases of a code apart: its reason, or what it is about. */
type CaseOf<D> = D extends { readonly reason: infer R extends string }
  ? R
  : D extends { readonly what: infer W extends string }
    ? W
    : 'only';

const archive = { file: 'archive.zip › data/tweets.js' };
export const repository = { repository: 'owner/name' };
export const weights = { file: 'model.safetensors' };
const config = { file: 'config.json' };
export const id = '5f';
const missing = { what: 'missing', at: 'h.0.ln_1.bias' } as const;
export const damaged = { id, fault: { what: 'part-missing', part: 3, parts: 12 } } as const;

export const EXPECTED: { readonly [B in Expected['be']]: Expected & { readonly be: B } } = {
  string: { be: 'string' },
  boolean: { be: 'boolean' },
  number: { be: 'number' },
  object: { be: 'object' },
  array: { be: 'array' },
  fitting: { be: 'fitting' },
  'number-from': { be: 'number-from', min: 0, max: null },
  'integer-from': { be: 'integer-from', min: 1, max: 512 },
  multiple: { be: 'multiple', of: 'n_head' },
  'one-of': { be: 'one-of', values: ['full', 'lora'] },
  matching: { be: 'matching', pattern: '^[0-9a-f]{32}$' },
};

export const FAULTS: { readonly [W in Fault['what']]: Fault & { readonly what: W } } = {
  value: { what: 'value', at: 'n_layer', expected: EXPECTED['integer-from'] },
  missing,
  repeated: { what: 'repeated', at: 'wte.weight' },
  wrong: { what: 'wrong', at: 'wte.weight.dtype' },
  unreadable: { what: 'unreadable', at: 'data.pkl' },
  'too-large': { what: 'too-large', at: 'data.pkl' },
  instead: { what: 'instead', at: 'wpe.weight', found: '[2]', expected: '[3]' },
  surplus: { what: 'surplus' },
  'other-format': { what: 'other-format', format: 'PyTorch' },
  line: { what: 'line', line: 1204 },
  'part-missing': damaged.fault,
  'part-changed': { what: 'part-changed', part: 3, parts: 12 },
};

/** Every case of every code: one without an example here doesn't compile. */
export const EXAMPLES: {
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
    failed: { reason: 'failed', detail: 'OperationError: made up' },
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
    'missing-tensor': { ...weights, reason: 'missing-tensor', part: 'h.0.ln_1.bias' },
    'repeated-tensor': { ...weights, reason: 'repeated-tensor', part: 'h.0.ln_1.bias' },
    'not-finite': { ...weights, reason: 'not-finite', part: 'wpe.weight' },
    malformed: { ...weights, reason: 'malformed', fault: missing },
  },
  unsupported: {
    setting: { ...config, what: 'setting', name: 'model_type', found: 'llama', expected: 'gpt2' },
    'missing-token': { file: 'tokenizer.json', what: 'missing-token', expected: '<|endoftext|>' },
    tensor: { ...weights, what: 'tensor', found: 'score.weight' },
    'onnx-size': { file: 'model.onnx', what: 'onnx-size', byteLength: 6.2e9 },
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
    damaged: { file: 'runs.json', reason: 'damaged', fault: FAULTS.value },
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
