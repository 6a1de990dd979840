#!/usr/bin/env python3
"""Goes on with a training by the script of its export, with the state of its optimizer and without, and compares the
losses and the weights in the end with ours.

  check_optimizer.py OUT
"""
import json, os, pathlib, shutil, subprocess, sys

os.environ['HF_HUB_OFFLINE'] = '1'
from report import check, close
from safetensors.torch import load_file

TOLERANCE = 1e-4
# The script's own trainer has the losses with all their digits.
RUN = """
import json, runpy, sys
sys.argv = ['train.py', 'tweets.jsonl', '--output', 'further']
trainer = runpy.run_path('train.py')['trainer']
print('LOSSES', json.dumps([entry['loss'] for entry in trainer.state.log_history if 'loss' in entry]))
"""

def go_on(folder):
    environment = os.environ | {'OMP_NUM_THREADS': '1'}
    run = subprocess.run([sys.executable, '-c', RUN], cwd=folder, env=environment, capture_output=True, text=True, timeout=1200)
    if run.returncode != 0: return None, None, run.stderr[-1500:]
    losses = json.loads(run.stdout.split('LOSSES ')[1])
    return losses, load_file(folder / 'further' / 'model.safetensors'), run.stdout

out = pathlib.Path(sys.argv[1])
ours, weights = json.loads((out / 'ours.json').read_text()), load_file(out / 'ours.safetensors')
worst = lambda a, b: max(abs(x - y) for x, y in zip(a, b))
apart = lambda found: max((found[name] - values).abs().max().item() for name, values in weights.items())

losses, found, said = go_on(out / 'model')
check('with its optimizer: the script of the export ends well', losses is not None, '' if losses else said)
if losses is not None:
    wanted = f'goes on after {ours["done"]} of {ours["steps"]} updates'
    check('with its optimizer: it goes on where the training was', wanted in said and len(losses) == len(ours['losses']), f'{len(losses)} steps')
    check('with its optimizer: every further loss is ours', len(losses) == len(ours['losses']) and worst(losses, ours['losses']) <= TOLERANCE, f'{worst(losses, ours["losses"]):.1e}')
    check('with its optimizer: the weights in the end are ours', apart(found) <= TOLERANCE, f'{apart(found):.1e}')

# The same without the moments is another training.
shutil.copytree(out / 'model', out / 'without', ignore=shutil.ignore_patterns('optimizer.safetensors', 'further'))
losses, found, said = go_on(out / 'without')
check('without its optimizer: the script trains from the beginning, which is another training', losses is not None and len(losses) == ours['steps'] and worst(losses, ours['losses']) > 10 * TOLERANCE, '' if losses else said)
close()
