/** Adapters as PEFT saves them. `npm run interop` reads some that PEFT itself has made. */

import { describe, expect, test } from 'vitest';
import { readAdapter, readAdapterConfig } from '../../../src/bots/read-adapter.ts';
import { parseConfig } from '../../../src/model/config.ts';
import { englishIn } from '../../support/english-in.ts';
import { filesOf, floatTensor, safetensorsFile } from '../../support/model-folder.ts';

const config = parseConfig({
  model_type: 'gpt2',
  n_layer: 2,
  n_head: 2,
  n_embd: 4,
  n_positions: 8,
});
const usual = { peft_type: 'LORA', base_model_name_or_path: 'gpt2', r: 2, lora_alpha: 8 };
const numbers = (count: number) => Float32Array.from({ length: count }, (_, i) => i / 8);
const prefix = 'base_model.model.transformer.h.1.attn.c_attn';
const [a, b] = [numbers(8), numbers(24)];
const tensors = [
  floatTensor(`${prefix}.lora_A.weight`, [2, 4], a),
  floatTensor(`${prefix}.lora_B.weight`, [12, 2], b),
];
const filesWith = (settings: object, ...held: ReturnType<typeof floatTensor>[]) =>
  filesOf({
    'adapter_config.json': { ...usual, ...settings },
    'adapter_model.safetensors': safetensorsFile(held),
  });

describe('an adapter', () => {
  test('is read with the names that the model has for its layers', async () => {
    const files = filesWith({ target_modules: ['c_attn'], fan_in_fan_out: true }, ...tensors);
    const adapter = await readAdapterConfig(files);
    expect(adapter).toEqual({ base: 'gpt2', rank: 2, alpha: 8 });
    expect(await readAdapter(files, adapter, config)).toEqual(
      new Map([
        ['h.1.attn.c_attn.lora_A.weight', a],
        ['h.1.attn.c_attn.lora_B.weight', b],
      ]),
    );
  });

  test('is read with the names of older PEFTs, and says nothing of its base if it need not', async () => {
    const older = tensors.map(({ name, ...rest }) => ({
      ...rest,
      name: name.replace('.weight', '.default.weight'),
    }));
    const files = filesWith({ base_model_name_or_path: undefined }, ...older);
    const adapter = await readAdapterConfig(files);
    expect(adapter.base).toBeNull();
    expect([...(await readAdapter(files, adapter, config)).keys()]).toEqual([
      'h.1.attn.c_attn.lora_A.weight',
      'h.1.attn.c_attn.lora_B.weight',
    ]);
  });

  test('with rank-stabilized scaling is divided by the square root of the rank', async () => {
    const files = filesWith({ use_rslora: true });
    expect((await readAdapterConfig(files)).alpha / 2).toBeCloseTo(8 / Math.sqrt(2), 6);
  });

  test.each([
    [{ peft_type: 'LOHA' }, 'peft_type'],
    [{ use_dora: true }, 'use_dora'],
    [{ bias: 'all' }, 'bias'],
    [{ init_lora_weights: 'pissa' }, 'init_lora_weights'],
    [{ modules_to_save: ['wte'] }, 'modules_to_save'],
    [{ rank_pattern: { c_fc: 4 } }, 'rank_pattern'],
  ])('with %o is refused by name', async (settings, name) => {
    const error = await readAdapterConfig(filesWith(settings)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      data: {
        code: 'unsupported',
        details: { file: 'adapter_config.json', what: 'setting', name },
      },
    });
    expect(await englishIn(error)).toEqual([]);
  });

  test('of another layer, of another size or in half is refused, naming the tensor', async () => {
    const read = async (...held: ReturnType<typeof floatTensor>[]) => {
      const files = filesWith({}, ...held);
      return readAdapter(files, await readAdapterConfig(files), config);
    };
    const [first, second] = tensors as [(typeof tensors)[0], (typeof tensors)[0]];
    const table = floatTensor('base_model.model.transformer.wte.lora_embedding_A', [2, 4], a);
    await expect(read(first, second, table)).rejects.toMatchObject({
      data: { code: 'unsupported', details: { what: 'tensor', found: table.name } },
    });
    const wide = floatTensor(second.name, [24, 1], b);
    await expect(read(first, wide)).rejects.toMatchObject({
      data: { code: 'model-corrupt', details: { fault: { what: 'instead', at: second.name } } },
    });
    const part = 'h.1.attn.c_attn.lora_B.weight';
    await expect(read(first)).rejects.toMatchObject({
      data: { code: 'model-corrupt', details: { reason: 'missing-tensor', part } },
    });
  });
});
