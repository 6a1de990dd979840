/** The options of `npm run bench -- quality`, and the recipes that a grid stands for. */

import { parseArgs } from 'node:util';
import { MODE_NAMES, type Preset, PRESET_NAMES } from '../../src/domain/training-options.ts';
import type { ModeName } from '../../src/domain/training-options.ts';
import { LORA_TARGETS, type LoraTarget } from '../../src/domain/recipe.ts';

const TARGETS = ['usual', 'all'] as const;
const REPLIES = ['prompted', 'trained'] as const;
const BACKENDS = ['webgpu', 'wasm', 'pytorch'] as const;

/** What a recipe can be changed by, as it is called in `--grid` and, after two hyphens, as an option. */
const NUMBERS = [
  'epochs',
  'rate',
  'tokens-per-step',
  'block',
  'dropout',
  'decay',
  'warmup',
  'rank',
  'seed',
  'split',
] as const;
type NumberName = (typeof NUMBERS)[number];

/** Undefined where the preset decides. */
export type Changes = { readonly [N in NumberName]?: number };

export interface QualityOptions {
  readonly archive: string;
  /** A JSON list of the texts to score, instead of every eighth of the archive's. */
  readonly heldOut: string | undefined;
  readonly model: string;
  readonly preset: Preset;
  readonly mode: ModeName;
  /** The layers that an adapter is put on; undefined for those of the page's adapters. */
  readonly targets: readonly LoraTarget[] | undefined;
  readonly replies: (typeof REPLIES)[number];
  readonly backend: (typeof BACKENDS)[number];
  readonly runs: readonly Changes[];
  /** Above 0: only so many steps are made, and their losses printed. */
  readonly losses: number;
}

export function parseQualityOptions(args: readonly string[]): QualityOptions {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, { type: 'string' } as const]));
  const { values } = parseArgs({
    args: [...args],
    options: {
      archive: { type: 'string', default: 'public/sample/mynah-sample.zip' },
      'held-out': { type: 'string' },
      model: { type: 'string', default: 'public/models/starter' },
      preset: { type: 'string', default: 'quick' },
      mode: { type: 'string', default: 'full' },
      targets: { type: 'string', default: 'usual' },
      replies: { type: 'string', default: 'prompted' },
      backend: { type: 'string', default: 'wasm' },
      grid: { type: 'string' },
      losses: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      ...numbers,
    },
  });
  const given: Record<string, unknown> = values;
  const fixed = NUMBERS.flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' ? [[name, toNumber(name, value)] as const] : [];
  });
  const oneOf = <N extends string>(option: string, value: string, names: readonly N[]): N => {
    const found = names.find((name) => name === value);
    if (found === undefined) throw new Error(`--${option} ${names.join('|')}, not ${value}`);
    return found;
  };
  return {
    archive: values.archive,
    heldOut: values['held-out'],
    model: values.model,
    preset: oneOf('preset', values.preset, PRESET_NAMES),
    mode: oneOf('mode', values.mode, MODE_NAMES),
    targets: oneOf('targets', values.targets, TARGETS) === 'all' ? LORA_TARGETS : undefined,
    replies: oneOf('replies', values.replies, REPLIES),
    backend: oneOf('backend', values.backend, BACKENDS),
    losses: toNumber('losses', values.losses),
    runs: parseGrid(values.grid).map((changes) => ({ ...Object.fromEntries(fixed), ...changes })),
  };
}

/** `rate=7e-4,1e-3;tokens-per-step=256,512` is four runs. */
function parseGrid(grid = ''): readonly Changes[] {
  let runs: readonly Changes[] = [{}];
  for (const axis of grid.split(';').filter((text) => text !== '')) {
    const [key = '', list = ''] = axis.split('=');
    const name = NUMBERS.find((each) => each === key.trim());
    if (name === undefined) {
      throw new Error(`--grid knows ${NUMBERS.join(', ')}, and not ${key}: NAME=1,2;OTHER=3,4`);
    }
    const values = list.split(',').map((text) => toNumber(name, text));
    runs = runs.flatMap((run) => values.map((value) => ({ ...run, [name]: value })));
  }
  return runs;
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new Error(`${name}: a number, not ${text}`);
  return value;
}
