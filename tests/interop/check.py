#!/usr/bin/env python3
"""Loads what make-exports.ts has written with transformers, PEFT and tokenizers, and compares.

  check.py OUT

Prints a line for each check, and ends with an error if one fails. `npm run interop` runs it.
"""
import json, os, pathlib, platform, re, sys, tempfile, unicodedata

os.environ['HF_HUB_OFFLINE'] = '1'
import peft, safetensors, tokenizers, torch, transformers
from peft import PeftConfig, PeftModel
from safetensors.torch import load_file
from report import check, close
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig, pipeline
from unzip import unzip

transformers.logging.disable_progress_bar()
# More threads only wait for each other, at these sizes.
torch.set_num_threads(1)
TOLERANCE = 1e-4
PROMPT = 'My dream is'
def apart(work):
    """What work() returns and what it warned of, from a process of its own: some warnings come once in a process."""
    with tempfile.TemporaryFile('w+') as result, tempfile.TemporaryFile('w+') as said:
        child = os.fork()
        if child == 0:
            os.dup2(said.fileno(), 2)
            try:
                json.dump(work(), result)
                result.flush()
                os._exit(0)
            except BaseException as error:
                os.write(2, repr(error).encode())
                os._exit(1)
        _, status = os.waitpid(child, 0)
        result.seek(0), said.seek(0)
        if status != 0: raise RuntimeError(said.read()[-2000:])
        # The order of a set differs between processes.
        sets = lambda line: re.sub(r'\{(.*?)\}', lambda found: ', '.join(sorted(found[1].split(', '))), line)
        return json.load(result), [sets(line) for line in said.read().splitlines() if line.strip()]

def use(folder):
    """What the card of an exported bot says."""
    generator = pipeline('text-generation', model=str(folder))
    texts = [each['generated_text'] for each in generator(PROMPT, num_return_sequences=5)]
    tokens = [each['generated_token_ids'] for each in generator(PROMPT, num_return_sequences=5, return_tensors=True)]
    return {'texts': texts, 'tokens': tokens}

def save_plain(folder, to):
    """The same model as transformers itself saves it: what it warns of then isn't our doing."""
    model = AutoModelForCausalLM.from_pretrained(folder)
    end = model.config.eos_token_id
    model.config.task_specific_params = None
    model.generation_config = GenerationConfig(bos_token_id=end, eos_token_id=end, pad_token_id=end, max_length=50)
    model.save_pretrained(to)
    AutoTokenizer.from_pretrained(folder).save_pretrained(to)

def check_pipeline(label, folder, plain, prompt, end):
    written, warnings = apart(lambda: use(folder))
    longest = json.loads((folder / 'generation_config.json').read_text())['max_length']
    texts, new = written['texts'], [tokens[prompt:] for tokens in written['tokens']]
    check(f'{label}: the pipeline writes five texts', len(texts) == 5 and all(text.startswith(PROMPT) and len(text) > len(PROMPT) for text in texts))
    check(f'{label}: each ends with the end token, or has the {longest} tokens of the settings',
        len(new) == 5 and all(prompt + len(tokens) == longest or prompt + len(tokens) < longest and tokens[-1] == end for tokens in new), str([prompt + (tokens + [end]).index(end) for tokens in new]))
    ours = [line for line in warnings if line not in plain]
    check(f'{label}: no warning that our files cause', not ours, ' '.join(ours)[:600])

def check_writing(folder):
    subject, ours = folder.name, json.loads((folder / 'ours.json').read_text())
    F32, F16 = unzip(folder, 'model-F32'), unzip(folder, 'model-F16')
    _, plain = apart(lambda: (save_plain(F32, folder / 'plain'), use(folder / 'plain'))[1])
    for each in (F32, F16): check_pipeline(f'{subject}, {each.name}', each, plain, ours['promptLength'], ours['greedy'][0])

def check_numbers(folder):
    subject, ours = folder.name, json.loads((folder / 'ours.json').read_text())
    expected = load_file(folder / 'ours.safetensors')['logits']
    greedy, end = torch.tensor([ours['greedy']]), ours['greedy'][0]
    F32, adapter = folder / 'model-F32', unzip(folder, 'adapter')
    tokenizer = AutoTokenizer.from_pretrained(F32)

    # Python and tokenizers may know an older Unicode, in which new characters are no letters and aren't composed.
    normalizer = tokenizer.backend_tokenizer.normalizer
    normal = lambda text: normalizer is None or normalizer.normalize_str(text) == unicodedata.normalize('NFC', text)
    old = lambda text: all(unicodedata.category(character) != 'Cn' for character in text)
    known = [each for each in ours['strings'] if old(each['text']) and normal(each['text'])]
    wrong = [each for each in known if tokenizer(each['text'], add_special_tokens=False, verbose=False)['input_ids'] != each['ids']]
    check(f'{subject}: AutoTokenizer gives our ids for {len(known):,} strings', len(known) >= 10_000 and not wrong, ' '.join(ascii(each['text']) for each in wrong[:3]))
    check(f'{subject}: its end token is ours, and begins every text', tokenizer('')['input_ids'] == [end] and (tokenizer.eos_token, tokenizer.eos_token_id) == (ours['endOfText'], end))
    read = tokenizer.decode(ours['greedy'], skip_special_tokens=True)
    check(f'{subject}: it decodes to our text', read == ours['text'])

    def distance(model):
        with torch.no_grad(): return (model.eval()(greedy).logits - expected).abs().max().item()
    exported = AutoModelForCausalLM.from_pretrained(F32, dtype=torch.float32)
    worst = distance(exported)
    check(f'{subject}: the exported model has our logits', worst <= TOLERANCE, f'{worst:.1e}')
    prompt = tokenizer(PROMPT, return_tensors='pt')
    written = exported.generate(**prompt, do_sample=False, max_length=ours['capacity'])[0].tolist()
    check(f'{subject}: it writes our greedy text', written == ours['greedy'], ascii(tokenizer.decode(written))[:100])

    base = AutoModelForCausalLM.from_pretrained(folder / 'base', dtype=torch.float32)
    without = distance(base)
    model = PeftModel.from_pretrained(base, adapter)
    worst = distance(model)
    check(f'{subject}: the adapter on its base has our logits', worst <= TOLERANCE < without, f'{worst:.1e}; without it {without:.1e}')
    merged, whole = model.merge_and_unload().state_dict(), exported.state_dict()
    worst = max((merged[name] - whole[name]).abs().max().item() for name in whole)
    check(f'{subject}: merge_and_unload is the exported model', merged.keys() == whole.keys() and worst <= 1e-6, f'{worst:.1e}')
    named = PeftConfig.from_pretrained(adapter)
    check(f'{subject}: the adapter names its base', (named.base_model_name_or_path, named.revision) == (ours['base']['repo'], ours['base']['revision']), str(named.base_model_name_or_path))

versions = [f'{each.__name__} {each.__version__}' for each in (torch, transformers, peft, safetensors, tokenizers)]
print(', '.join([*versions, f'Python {platform.python_version()}, Unicode {unicodedata.unidata_version}']), flush=True)
subjects = sorted(pathlib.Path(sys.argv[1]).iterdir())
# These first: once PyTorch has computed here, it hangs in a process that is forked.
for folder in subjects: check_writing(folder)
for folder in subjects: check_numbers(folder)
close()
