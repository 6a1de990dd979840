#!/usr/bin/env python3
"""Trains exported bots further with transformers' Trainer in two processes, by the command that their cards print.

  check_trainer.py OUT
"""
import json, os, pathlib, re, shlex, subprocess, sys

os.environ['HF_HUB_OFFLINE'] = '1'
import accelerate, torch, transformers
from report import check, close
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM
from unzip import unzip

def check_training(subject, folder):
    [command] = re.findall(r'^accelerate launch .+$', (folder / 'README.md').read_text(), re.M)
    word, *args = shlex.split(command)
    (folder / 'tweets.jsonl').write_text((folder.parent / 'tweets.jsonl').read_text())
    environment = os.environ | {'OMP_NUM_THREADS': '1'}
    run = subprocess.run([pathlib.Path(sys.executable).parent / word, *args], cwd=folder, env=environment, capture_output=True, text=True, timeout=1200)
    said = run.stdout + run.stderr
    check(f'{subject}: “{command}” ends well', run.returncode == 0, '' if run.returncode == 0 else said[-6000:])
    if run.returncode != 0: return
    # Python without buffers writes a line and its end separately, so that two processes' lines may stand in one.
    processes = sorted(re.findall(r'process (\d) of 2: (\d+) rows', said))
    check(f'{subject}: two processes have the rows of the tweets', [each[0] for each in processes] == ['0', '1'] and int(processes[0][1]) > 1, str(processes))
    [(before, after)] = re.findall(r'held out was ([\d.]+) and is ([\d.]+)\.', said)
    check(f'{subject}: the loss on the tweets held out falls', float(after) < float(before), f'{before} to {after}')
    old, new = load_file(folder / 'model.safetensors'), AutoModelForCausalLM.from_pretrained(folder / 'further', dtype=torch.float32).state_dict()
    moved = {name for name, values in old.items() if not torch.equal(values, new[name])}
    mode = json.loads((folder / 'training_args.json').read_text())['recipe']['mode']
    adapted = {name for name in old if mode['kind'] == 'lora' and any(name.endswith(f'{target}.weight') for target in mode['targets'])}
    check(f'{subject}: what was to be trained has changed, and nothing else', moved == (adapted or old.keys()), f'{len(moved)} of {len(old)} tensors')

print(f'transformers {transformers.__version__}, accelerate {accelerate.__version__}', flush=True)
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()): check_training(folder.name, unzip(folder, 'model-F32'))
close()
