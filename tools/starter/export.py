#!/usr/bin/env python3
"""Writes a checkpoint as a Hub-style GPT-2 folder with a model card of measured facts.

The tokenizer files are already in the folder. The held-out figure and the samples are
made with the float16 weights as written, read back and raised to float32.
"""

import argparse
import json
from pathlib import Path

import torch

import model
import safetensors
from bpe import EOT, Tokenizer
from data import DEFAULT_CACHE, Data, evaluate
from sample import samples

SAMPLE_SEED = 2020
PROMPTS = [""] * 5 + ["My dream is"] * 5


def config(eot):
    """config.json with the keys that the Hub's gpt2 has; generation settings are huggingtweets'."""
    return {
        "activation_function": "gelu_new",
        "architectures": ["GPT2LMHeadModel"],
        "attn_pdrop": 0.1,
        "bos_token_id": eot,
        "embd_pdrop": 0.1,
        "eos_token_id": eot,
        "initializer_range": 0.02,
        "layer_norm_epsilon": model.CONFIG["layer_norm_epsilon"],
        "model_type": "gpt2",
        "n_ctx": model.CONFIG["n_positions"],
        "n_embd": model.CONFIG["n_embd"],
        "n_head": model.CONFIG["n_head"],
        "n_inner": None,
        "n_layer": model.CONFIG["n_layer"],
        "n_positions": model.CONFIG["n_positions"],
        "reorder_and_upcast_attn": False,
        "resid_pdrop": 0.1,
        "scale_attn_by_inverse_layer_idx": False,
        "scale_attn_weights": True,
        "task_specific_params": {
            "text-generation": {
                "do_sample": True,
                "max_length": 160,
                "min_length": 10,
                "prefix": EOT,
                "temperature": 1.0,
                "top_k": 50,
                "top_p": 0.95,
            }
        },
        "tie_word_embeddings": True,
        "torch_dtype": "float16",
        "use_cache": True,
        "vocab_size": model.CONFIG["vocab_size"],
    }


def generation_config(eot):
    return {
        "bos_token_id": eot,
        "do_sample": True,
        "eos_token_id": eot,
        "max_length": 160,
        "min_length": 10,
        "temperature": 1.0,
        "top_k": 50,
        "top_p": 0.95,
    }


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def card(facts):
    """README.md from the template beside this file; `{name}` there is a measured fact."""
    return Path(__file__).with_name("card.md").read_text(encoding="utf-8").format_map(facts)


def quoted(text):
    """A sample as Markdown: a blockquote with nothing in it that Markdown or HTML would read."""
    for sign in "\\`*_<>[]#~":
        text = text.replace(sign, "\\" + sign)
    return "\n".join("> " + line for line in text.split("\n"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="the model folder")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--checkpoint", type=Path, help="default: checkpoint.pt in the cache")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)

    state = torch.load(args.checkpoint or args.cache / "checkpoint.pt")
    settings = state["settings"]
    tokenizer = Tokenizer.load(args.out)
    weights = args.out / "model.safetensors"
    safetensors.write(weights, {n: state["params"][n].half() for n in model.shapes()})
    write_json(args.out / "config.json", config(tokenizer.eot))
    write_json(args.out / "generation_config.json", generation_config(tokenizer.eot))

    params = {n: p.float() for n, p in safetensors.read(weights).items()}
    data = Data(args.cache, settings["seed"], settings["batch"], model.CONFIG["n_positions"])
    nats, bits = evaluate(data, lambda ids, targets: model.loss(params, ids, targets))
    texts = samples(params, tokenizer, SAMPLE_SEED, PROMPTS)
    seen = state["done"] * settings["batch"] * model.CONFIG["n_positions"]
    facts = {
        "parameters": f"{sum(p.numel() for p in params.values()):,}",
        "documents": f"{data.facts['train_documents']:,}",
        "tokens": f"{data.facts['train_tokens'] / 1e6:.1f}",
        "held_documents": f"{data.facts['held_documents']:,}",
        "held_tokens": f"{data.facts['held_tokens']:,}",
        "seen": f"{seen / 1e6:.1f}",
        "epochs": f"{seen / data.facts['train_tokens']:.1f}",
        "steps": f"{state['done']:,}",
        "decay_steps": f"{settings['decay_steps']:,}",
        "batch_tokens": f"{settings['batch'] * model.CONFIG['n_positions']:,}",
        "nats": f"{nats:.3f}",
        "perplexity": f"{2.718281828459045**nats:.1f}",
        "bits": f"{bits:.3f}",
        "sample_seed": SAMPLE_SEED,
        "free": "\n\n".join(quoted(t) for t in texts[:5]),
        "dreams": "\n\n".join(quoted(t) for t in texts[5:]),
    }
    (args.out / "README.md").write_text(card(facts), encoding="utf-8")
    size = sum(f.stat().st_size for f in args.out.iterdir())
    print({k: facts[k] for k in ("parameters", "seen", "steps", "nats", "bits")}, f"{size / 1e6:.2f} MB")
    print("\n".join(texts))


if __name__ == "__main__":
    main()
