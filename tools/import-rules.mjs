/**
 * What each room may import: this table, and nothing else. `tools/import-check.mjs` holds the source
 * to it in `npm run check`.
 *
 * A room is a folder with everything in it, less the folders that are rooms of their own: `src/engine`
 * is the files that lie in `src/engine/` itself. Every file belongs to exactly one room, and files of
 * one room may always import each other. A folder that no row names is an error, so a new folder needs
 * a row here.
 *
 * - `rooms`: the rooms (or single files) whose values and types this room may import.
 * - `exceptRooms`: instead of `rooms`, the only rooms that this one may not import.
 * - `types`: the rooms of which this room may import types only, with `import type`.
 * - `packages`: the packages this room may import, whatever their subpath; `'*'` allows all of them
 *   and Node's own modules.
 */

/**
 * @typedef {object} ImportRule
 * @property {readonly string[]} [rooms]
 * @property {readonly string[]} [exceptRooms]
 * @property {readonly string[]} [types]
 * @property {readonly string[]} packages
 */

/** @type {Readonly<Record<string, ImportRule>>} */
export const importRules = {
  'src/core': { rooms: [], packages: [] },
  'src/hashing': { rooms: [], packages: ['hash-wasm'] },
  'src/domain': { rooms: ['src/core'], packages: [] },
  'src/protocol': { rooms: ['src/core', 'src/domain'], packages: [] },

  // A file's way through the archive: its container is opened, its JSON is read element by element,
  // its format tells what an element is, `src/archive` joins all this to tweets, which are cleaned.
  'src/archive/json': { rooms: ['src/core', 'src/domain'], packages: [] },
  'src/archive/formats': {
    rooms: ['src/core', 'src/domain', 'src/archive/json'],
    types: ['src/protocol'],
    packages: ['papaparse', 'htmlparser2'],
  },
  'src/archive/opening': {
    rooms: ['src/core', 'src/domain', 'src/archive/json', 'src/archive/formats'],
    types: ['src/protocol'],
    packages: ['@atcute/car', '@atcute/cbor', '@zip.js/zip.js', 'modern-tar'],
  },
  'src/archive': {
    rooms: [
      'src/core',
      'src/domain',
      'src/archive/json',
      'src/archive/formats',
      'src/archive/opening',
    ],
    types: ['src/protocol'],
    packages: [],
  },
  'src/archive/cleaning': {
    rooms: ['src/hashing', 'src/core', 'src/domain', 'src/archive'],
    types: ['src/protocol', 'src/archive/formats', 'src/archive/opening'],
    packages: [],
  },

  'src/tokenizer': { rooms: ['src/core', 'src/domain'], packages: ['@huggingface/tokenizers'] },

  // What computes. TensorFlow.js ends at `src/ops`: no room above knows of it.
  'src/gpu': {
    rooms: ['src/core'],
    packages: [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
    ],
  },
  'src/ops': {
    rooms: ['src/core', 'src/gpu'],
    packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'],
  },
  'src/model': { rooms: ['src/core', 'src/domain', 'src/ops'], packages: [] },
  'src/train': {
    rooms: ['src/core', 'src/domain', 'src/ops', 'src/model'],
    types: ['src/protocol'],
    packages: [],
  },
  'src/planning': {
    rooms: ['src/core', 'src/domain', 'src/gpu', 'src/ops', 'src/model', 'src/train'],
    types: ['src/protocol'],
    packages: [],
  },
  'src/generate': {
    rooms: ['src/core', 'src/domain', 'src/ops', 'src/model', 'src/tokenizer'],
    types: ['src/protocol'],
    packages: [],
  },

  // What is kept.
  'src/storage': {
    rooms: ['src/hashing', 'src/core', 'src/domain'],
    types: ['src/protocol'],
    packages: ['idb'],
  },
  'src/bots': {
    rooms: ['src/hashing', 'src/core', 'src/domain', 'src/model', 'src/tokenizer', 'src/storage'],
    types: ['src/protocol'],
    packages: ['@zip.js/zip.js', 'papaparse'],
  },

  // The engine: what all capabilities need, then each capability, then what makes one engine of them.
  'src/engine/runtime': {
    rooms: [
      'package.json',
      'src/hashing',
      'src/core',
      'src/domain',
      'src/gpu',
      'src/ops',
      'src/model',
      'src/train',
      'src/planning',
      'src/storage',
      'src/bots',
    ],
    types: ['src/protocol', 'src/tokenizer'],
    packages: [],
  },
  'src/engine/models': {
    rooms: [
      'src/core',
      'src/domain',
      'src/protocol',
      'src/planning',
      'src/storage',
      'src/bots',
      'src/engine/runtime',
    ],
    packages: [],
  },
  'src/engine/datasets': {
    rooms: [
      'src/core',
      'src/domain',
      'src/protocol',
      'src/archive',
      'src/archive/opening',
      'src/archive/cleaning',
      'src/storage',
    ],
    types: ['src/tokenizer', 'src/engine/runtime'],
    packages: [],
  },
  'src/engine/training': {
    rooms: [
      'src/core',
      'src/domain',
      'src/protocol',
      'src/train',
      'src/planning',
      'src/generate',
      'src/storage',
      'src/engine/runtime',
      'src/engine/datasets',
    ],
    types: ['src/tokenizer', 'src/bots'],
    packages: [],
  },
  'src/engine/writing': {
    rooms: [
      'src/core',
      'src/domain',
      'src/protocol',
      'src/train',
      'src/generate',
      'src/storage',
      'src/engine/runtime',
      'src/engine/datasets',
    ],
    packages: [],
  },
  'src/engine/bots': {
    rooms: [
      'src/core',
      'src/domain',
      'src/protocol',
      'src/model',
      'src/train',
      'src/storage',
      'src/bots',
      'src/engine/runtime',
      'src/engine/models',
      'src/engine/datasets',
    ],
    packages: [],
  },
  'src/engine': {
    rooms: [
      'src/storage',
      'src/engine/runtime',
      'src/engine/models',
      'src/engine/datasets',
      'src/engine/training',
      'src/engine/writing',
      'src/engine/bots',
    ],
    types: ['src/protocol', 'src/gpu'],
    packages: [],
  },

  // The page, and the threads.
  'src/app': {
    rooms: ['src/core', 'src/domain', 'src/protocol', 'workers'],
    packages: ['preact', '@preact/signals', 'uplot'],
  },
  workers: {
    rooms: ['src/core', 'src/domain', 'src/protocol', 'src/engine'],
    packages: ['@tensorflow/tfjs-backend-wasm'],
  },

  // What runs the product or makes its parts. A program that needs what tests share, such as a made-up
  // model or the served site, lies in `tests` itself; what is left in `tools` stands alone.
  tools: { exceptRooms: ['tests'], packages: ['*'] },
  tests: { exceptRooms: ['tools'], packages: ['*'] },
};
