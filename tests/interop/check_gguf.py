#!/usr/bin/env python3
"""Reads the GGUFs that make-exports.ts has written with ggml's own package, and compares every tensor and key.

  check_gguf.py OUT

It also writes known.json for llama.mjs: the numbers of the strings of which Python knows every character, because
llama.cpp's tables may be as old as Python's, and nothing there tells a character that is newer.
"""
import importlib.metadata, json, pathlib, sys, unicodedata
import gguf, numpy as np
from safetensors.numpy import load_file
from report import check, close
from unzip import unzip

LAYER = {'ln_1': 'attn_norm', 'attn.c_attn': 'attn_qkv', 'attn.c_proj': 'attn_output',
         'ln_2': 'ffn_norm', 'mlp.c_fc': 'ffn_up', 'mlp.c_proj': 'ffn_down'}

def expected_tensors(folder, tokens):
    """What llama.cpp's converter makes of the weights of the exported model."""
    for name, values in load_file(folder / 'model.safetensors').items():
        module, kind = name.removeprefix('transformer.').rsplit('.', 1)
        if module.startswith('h.'):
            _, layer, module = module.split('.', 2)
            yield f'blk.{layer}.{LAYER[module]}.{kind}', values.T if values.ndim == 2 else values
        else:
            named = {'wte': 'token_embd', 'wpe': 'position_embd', 'ln_f': 'output_norm', 'lm_head': 'output'}[module]
            yield f'{named}.{kind}', values[:tokens] if module in ('wte', 'lm_head') else values

def check_file(label, folder, dtype, exported):
    [file] = folder.glob('*.gguf')
    reader = gguf.GGUFReader(file)
    value = lambda key: reader.fields[key].contents()
    tokenizer = json.loads((exported / 'tokenizer.json').read_text())
    config = json.loads((exported / 'config.json').read_text())
    ids = dict(tokenizer['model']['vocab']) | {each['content']: each['id'] for each in tokenizer['added_tokens']}
    tokens = sorted(ids, key=ids.get)
    merges = [each if isinstance(each, str) else ' '.join(each) for each in tokenizer['model']['merges']]
    check(f'{label}: its tokens and merges are those of tokenizer.json',
        value('tokenizer.ggml.tokens') == tokens and value('tokenizer.ggml.merges') == merges and value('tokenizer.ggml.pre') == 'gpt-2')
    special = {each['id'] for each in tokenizer['added_tokens'] if each['special']}
    control = {i for i, kind in enumerate(value('tokenizer.ggml.token_type')) if kind == gguf.TokenType.CONTROL}
    ends = {value(f'tokenizer.ggml.{name}_token_id') for name in ('bos', 'eos')}
    check(f'{label}: its special tokens are those of the model', control == special and ends == {config['eos_token_id']} and value('tokenizer.ggml.add_bos_token'))
    sizes = [value(f'gpt2.{name}') for name in ('block_count', 'context_length', 'embedding_length', 'feed_forward_length', 'attention.head_count')]
    wide = config.get('n_inner') or 4 * config['n_embd']
    check(f'{label}: its sizes are those of config.json', sizes == [*(config[name] for name in ('n_layer', 'n_positions', 'n_embd')), wide, config['n_head']], str(sizes))
    expected = dict(expected_tensors(exported, len(tokens)))
    tensors = {each.name: each for each in reader.tensors}
    wrong = []
    for name, values in expected.items():
        tensor = tensors.get(name)
        kind = 'F32' if values.ndim == 1 or name == 'position_embd.weight' else dtype
        if kind == 'Q8_0' and values.shape[-1] % 32: kind = 'F16'
        kind = gguf.GGMLQuantizationType[kind]
        same = tensor is not None and tensor.tensor_type == kind and tensor.shape.tolist() == [*reversed(values.shape)]
        if not same or not np.array_equal(tensor.data.view(np.uint8).ravel(), gguf.quants.quantize(np.ascontiguousarray(values), kind).view(np.uint8).ravel()): wrong.append(name)
    check(f'{label}: each of its {len(expected)} tensors is, bit for bit, what ggml makes of the weights', tensors.keys() == expected.keys() and not wrong, ' '.join(wrong)[:200])

print(f'gguf {importlib.metadata.version("gguf")}, numpy {np.__version__}', flush=True)
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    strings = json.loads((folder / 'ours.json').read_text())['strings']
    known = [i for i, each in enumerate(strings) if all(unicodedata.category(character) != 'Cn' for character in each['text'])]
    (folder / 'known.json').write_text(json.dumps(known))
    exported = unzip(folder, 'model-F32')
    for dtype in ('F32', 'F16', 'Q8_0'): check_file(f'{folder.name}, GGUF {dtype}', folder / f'gguf-{dtype}', dtype, exported)
close()
