"""Sampling as huggingtweets does it: temperature 1, top-k 50, then top-p 0.95."""

import torch

import model

TOP_K, TOP_P, MAX_LENGTH = 50, 0.95, 160


def pick(logits, rng):
    """logits [V] → one token id: the TOP_K most likely, of these the fewest that hold TOP_P of the probability."""
    values, ids = logits.topk(TOP_K)
    p = values.softmax(dim=0)
    # A token stays while those before it hold less than TOP_P; the first always does.
    p[p.cumsum(dim=0) - p >= TOP_P] = 0
    return int(ids[torch.multinomial(p, 1, generator=rng)])


@torch.no_grad()
def continue_text(params, tokenizer, prompt, rng):
    """Text from `<|endoftext|>` + prompt until the next `<|endoftext|>` or MAX_LENGTH tokens."""
    ids = [tokenizer.eot, *tokenizer.encode(prompt)]
    while len(ids) < MAX_LENGTH:
        token = pick(model.logits(params, torch.tensor([ids]))[0, -1], rng)
        if token == tokenizer.eot:
            break
        ids.append(token)
    return tokenizer.decode(ids)


def samples(params, tokenizer, seed, prompts):
    """One text for each prompt, all from one generator."""
    rng = torch.Generator().manual_seed(seed)
    return [continue_text(params, tokenizer, prompt, rng) for prompt in prompts]
