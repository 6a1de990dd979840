/**
 * The text of every kernel is WGSL that all compilers take: Chromium's (Tint) and Firefox's (naga) compile them in
 * other tests, WebKit's is on no machine that the tests run on. So this refuses what one of them is known not to
 * take, in everything that training and writing compose, for every kind of adapter.
 */

import { describe, expect, test } from 'vitest';
import { globals } from 'webgpu';
import { GpuContext } from '../../../src/gpu/context.ts';
import { sameTiles, TILE_SHAPES, type Tiles } from '../../../src/gpu/kernels/tile-shapes.ts';
import { defaultLimits, paperDevice } from '../../../src/gpu/paper.ts';
import { drawTokens } from '../../../src/generate/tokens.ts';
import { type GPT2Config, PLAIN_GPT2 } from '../../../src/model/config.ts';
import { GPT2 } from '../../../src/model/gpt2.ts';
import type { Parameters } from '../../../src/model/model-weights.ts';
import { createAdapter, initialAdapter } from '../../../src/model/lora.ts';
import { parameterShapes } from '../../../src/model/weights.ts';
import { WebGPUOps } from '../../../src/ops/webgpu.ts';
import { AdamW, defaultAdamW } from '../../../src/train/adamw.ts';
import { defaultLora, weightPrecision } from '../../../src/train/recipe.ts';
import type { TrainingMode } from '../../../src/domain/recipe.ts';

// The constants that name how buffers are used.
Object.assign(globalThis, globals);

/** What kernels are composed of. A file in which lines are repeated for every row (`{r}`) is in none as it is. */
const sources = import.meta.glob<string>('../../../src/gpu/kernels/*.wgsl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

interface Rule {
  readonly why: string;
  readonly refuses: (code: string) => boolean;
  /** Text that the rule has to refuse, so that it can be seen to. */
  readonly example: string;
}

const matches = (pattern: RegExp) => (code: string) => pattern.test(code);

const RULES: readonly Rule[] = [
  {
    // https://github.com/gfx-rs/wgpu/issues/5158, open; in Firefox's naga-types/src/wgsl.rs
    // `UnrestrictedPointerParameters` is among the extensions that aren't implemented.
    why: 'naga lets functions take pointers into function and private memory only',
    refuses: matches(/\bptr\s*<\s*(?:storage|workgroup|uniform)\b/),
    example: 'fn f(p: ptr<workgroup, f32>) {}',
  },
  {
    // The same file: a directive that isn't implemented is an error there, even where its text would be taken.
    why: 'a language extension may be missing',
    refuses: matches(/^\s*requires\b/m),
    example: 'requires unrestricted_pointer_parameters;',
  },
  {
    // https://www.w3.org/TR/WGSL/#language_extension-packed_4x8_integer_dot_product and #language_extension-subgroup_id:
    // extensions, so not in every browser.
    why: 'a function or value is part of a language extension',
    refuses: matches(/\b(?:dot4[IU]8Packed|(?:un)?pack4x[IU]8\w*|subgroup_id|num_subgroups)\b/),
    example: 'let a = dot4U8Packed(x, y);',
  },
  {
    // https://github.com/gfx-rs/wgpu/issues/6192: access to members through a pointer without `*` came late.
    why: 'what a pointer points to is reached by * alone',
    refuses: (code) =>
      // A function ends where a line begins with its brace.
      [...code.matchAll(/^fn [^{]*?(\w+)\s*:\s*ptr\s*<[^{]*\{[\s\S]*?(?:^\}|\}$)/gm)].some(
        ([body, name]) => new RegExp(`(?<![*\\w])${name}\\s*[.[]`).test(body),
      ),
    example: 'fn f(p: ptr<function, vec4f>) -> f32 { return p.x; }',
  },
  {
    // https://www.w3.org/TR/WGSL/#vector-access-expression: a swizzle of several components is a value, not a place.
    why: 'several components are assigned to at once',
    refuses: matches(/\.[xyzwrgba]{2,4}\s*[-+*/]?=(?!=)/),
    example: 'v.xy = vec2f(0.0);',
  },
  {
    // https://www.w3.org/TR/WGSL/#extension-f16: not every card has it, and our kernels don't ask for it.
    why: 'float16 numbers are used without the extension',
    refuses: (code) =>
      /\b(?:f16|vec[234]h|\d+h)\b/.test(uncommented(code)) && !/^enable f16;/m.test(code),
    example: 'let a: f16 = 1.0;',
  },
  {
    // https://www.w3.org/TR/WGSL/#extension-subgroups: an error without the directive in Tint and naga.
    why: 'subgroups are used without the extension',
    refuses: (code) =>
      /\b(?:subgroup|quad)[A-Z]\w*\s*\(|\bsubgroup_size\b/.test(uncommented(code)) &&
      !/^enable subgroups;/m.test(code),
    example: 'let a = subgroupAdd(x);',
  },
  {
    // https://www.w3.org/TR/WGSL/#directives: naga and Tint want them before everything else.
    why: 'a directive stands after a declaration',
    refuses: matches(
      /^(?:fn|struct|const|var|override|alias|@)[\s\S]*^(?:enable|diagnostic|requires)\b/m,
    ),
    example: 'const a = 1;\nenable subgroups;',
  },
  {
    // WebGPU has no other limits for them than the default ones, and Metal and naga disagree on their formats.
    why: 'a texture is used',
    refuses: (code) => /\btexture\w*\b/.test(uncommented(code)),
    example: 'var t: texture_2d<f32>;',
  },
  {
    // ARCHITECTURE.md: sums have a fixed order.
    why: 'something is atomic',
    refuses: (code) => /\batomic\w*\b/.test(uncommented(code)),
    example: 'var<workgroup> a: atomic<u32>;',
  },
];

function uncommented(code: string): string {
  return code.replaceAll(/\/\/.*/g, '');
}

const modes: readonly TrainingMode[] = [
  { kind: 'full' },
  { kind: 'lora', isBaseHalf: false, ...defaultLora },
  { kind: 'lora', isBaseHalf: true, ...defaultLora },
];

interface Adapter {
  readonly isSoftware: boolean;
  readonly usesSubgroups?: boolean;
  readonly tiles?: Tiles;
}

const adapters: readonly Adapter[] = [
  { isSoftware: true },
  { isSoftware: true, usesSubgroups: true },
  ...TILE_SHAPES.map((shape) => ({ isSoftware: false, tiles: sameTiles(shape) })),
];

/** The texts of all shader modules that training and writing make. */
async function everyText(): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const paper = paperDevice({ ...defaultLimits, maxBufferSize: 2 ** 30 });
  const { createShaderModule } = paper;
  const device = Object.assign(paper, {
    createShaderModule: (how: GPUShaderModuleDescriptor) => {
      texts.set(how.code, /\/\/ kernel (.*)/.exec(how.code)?.[1] ?? how.code);
      return createShaderModule.call(paper, how);
    },
  });
  for (const adapter of adapters) {
    const sizes = adapter.isSoftware ? [64] : [16, 32, 64, 128];
    // With the last one, rows aren't whole vectors of four.
    for (const heads of [...sizes.map((size) => ({ count: 12, size })), { count: 3, size: 5 }]) {
      for (const mode of modes) {
        const ops = new WebGPUOps(new GpuContext(device, adapter));
        await use(ops, mode, heads);
        ops.dispose();
      }
    }
  }
  return texts;
}

async function use(
  ops: WebGPUOps,
  mode: TrainingMode,
  heads: { readonly count: number; readonly size: number },
): Promise<void> {
  const nEmbd = heads.count * heads.size;
  const sizes = { nLayer: 2, nHead: heads.count, nEmbd, blockSize: 256, vocabSize: 50_257 };
  const config: GPT2Config = { ...sizes, ...PLAIN_GPT2, endOfTextId: 50_256 };
  const parameters: Parameters = new Map();
  for (const [name, shape] of parameterShapes(config)) {
    parameters.set(name, ops.gpu.reserve(shape, weightPrecision(mode, shape)));
  }
  const model = new GPT2(ops, config, parameters);
  if (mode.kind === 'lora') {
    model.setAdapter(createAdapter(ops, config, mode, initialAdapter(config, mode, 1)));
  }
  const optimizer = new AdamW(ops, model.trainable, defaultAdamW);
  const [B, T] = [2, 64];
  const ids = Int32Array.from({ length: B * T }, (_, i) => i);
  const dropout = { rate: 0.1, seed: 1, microStep: 0 };
  for (const checkpointing of [false, true]) {
    const options = { scale: 1, dropout, checkpointing, hasHalfActivations: true };
    const { loss, gradients } = model.lossAndGradients({ ids, B, T }, ids, options);
    ops.add(loss, loss);
    optimizer.step(gradients, 1e-4);
  }
  const slots = [...model.trainable.values()].map((value) => ({
    value,
    base: value,
    trained: value,
  }));
  ops.mix(slots, 0.5);
  if (mode.kind === 'lora' && !mode.isBaseHalf) model.mergeAdapter();
  model.storeHalves();
  const rows = drawTokens(ops, model, {
    prompt: Int32Array.of(config.endOfTextId, 1, 2, 3),
    capacity: 8,
    endOfTextId: config.endOfTextId,
    vocabSize: config.vocabSize,
    count: 5,
    minTokens: 0,
    seed: 1,
    temperature: 1,
    topK: 50,
    topP: 0.95,
    repetitionPenalty: 1,
  });
  for await (const _ of rows) break;
}

describe('every kernel is WGSL that all compilers take', () => {
  test('nothing that one of them is known not to take', async () => {
    const texts = await everyText();
    expect(texts.size).toBeGreaterThan(40);
    const composed = [...texts.keys()].join('\n');
    const unused = Object.entries(sources).filter(
      ([, source]) => !source.includes('{r}') && !composed.includes(source.trim()),
    );
    expect(unused.map(([file]) => file)).toEqual([]);
    const refused = [...texts].flatMap(([code, name]) =>
      RULES.filter(({ refuses }) => refuses(code)).map(({ why }) => `${name}: ${why}`),
    );
    expect([...new Set(refused)]).toEqual([]);
  });

  test.each(RULES)('$why: would be refused', ({ refuses, example }) => {
    expect(refuses(example)).toBe(true);
  });
});
