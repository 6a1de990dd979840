#!/usr/bin/env python3
"""Reads the cards of all exports with huggingface_hub, as far as it validates without a network.

  check_card.py OUT
"""
import json, os, pathlib, re, sys

os.environ['HF_HUB_OFFLINE'] = '1'
import huggingface_hub
from huggingface_hub import ModelCard, ModelCardData
from report import check, close
from unzip import unzip

# What the Hub's own documentation lists for these keys.
LIBRARIES = {'model-F32': 'transformers', 'adapter': 'peft', 'gguf-Q8_0': 'gguf'}
KNOWN = {'language', 'library_name', 'pipeline_tag', 'tags', 'base_model', 'widget', 'model-index'}

def check_card(label, folder, library, record):
    text = (folder / 'README.md').read_text()
    card = ModelCard.load(folder / 'README.md')
    data = card.data
    check(f'{label}: huggingface_hub reads its metadata', isinstance(data, ModelCardData) and data.library_name == library and data.pipeline_tag == 'text-generation')
    again = ModelCard(str(ModelCard(f'---\n{data.to_yaml()}\n---\n{card.text}')))
    check(f'{label}: what it has read, written again, is the same', again.data.to_dict() == data.to_dict() and set(data.to_dict()) <= KNOWN, ' '.join(set(data.to_dict()) - KNOWN))
    codes = data.language or []
    check(f'{label}: its languages are codes of ISO 639', bool(codes) and all(isinstance(code, str) and re.fullmatch('[a-z]{2,3}', code) for code in codes), ' '.join(map(str, codes)))
    results = {each.metric_type: each.metric_value for each in data.eval_results or []}
    bits = {'bits_per_byte' for point in record['points'] if 'bitsPerByte' in point}
    measured = {'loss', 'perplexity', *bits}
    check(f'{label}: its results are the loss of its weights on held-out tweets, and its perplexity', abs(results.get('loss', 0) - record['validationLoss']) < 1e-4 and results.keys() == measured, str(results))
    wanted = ['## How to use', '## Training data', '## Training procedure', '## Evaluation', '## Limitations and bias', '| Tweets kept |', '| learning rate |', 'held out']
    missing = [each for each in wanted if each not in text]
    check(f'{label}: it has the data, the recipe, the held-out loss and the limitations', not missing and not re.search(r'!\[|<img', text), ' '.join(missing))

print(f'huggingface_hub {huggingface_hub.__version__}', flush=True)
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    for name, library in LIBRARIES.items():
        export = folder / name if name.startswith('gguf') else unzip(folder, name)
        record = json.loads((export / 'training_args.json').read_text())
        check_card(f'{folder.name}, {name}', export, library, record)
close()
