"""A batch for `npm run parity` from the model's own vocabulary, and an adapter if requested.

Also a made-up folder: --random-model L,C,H,P,V writes one to --model (deviation 0.02, as GPT-2 starts).
"""

import argparse
import json
from pathlib import Path

import torch

from files import parameter_shapes, write_safetensors


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--random-model")
    parser.add_argument("--batch", type=int, default=2)
    parser.add_argument("--time", type=int, default=64)
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--weight-decay", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True)
    parser.add_argument("--lora", help="a folder to write an adapter to")
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--alpha", type=int, default=16)
    parser.add_argument("--targets", default="c_attn,c_proj,c_fc")
    args = parser.parse_args()
    folder = Path(args.model)
    generator = torch.Generator().manual_seed(args.seed)

    if args.random_model:
        L, C, H, P, V = (int(n) for n in args.random_model.split(","))
        config = dict(
            model_type="gpt2", n_layer=L, n_embd=C, n_head=H, n_positions=P, vocab_size=V, eos_token_id=V - 1
        )
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text(json.dumps(config))
        weights = {}
        for name, shape in parameter_shapes(config).items():
            drawn = 0.02 * torch.randn(shape, generator=generator)
            is_gain = "ln_" in name and name.endswith("weight")
            weights["transformer." + name] = drawn + 1 if is_gain else drawn
        write_safetensors(folder / "model.safetensors", weights)

    config = json.loads((folder / "config.json").read_text())
    shape = (args.batch, args.time)
    inputs = torch.randint(config["vocab_size"], shape, generator=generator)
    targets = inputs.roll(-1, 1)
    targets[:, -1] = -100
    optimizer = dict(
        learning_rate=args.learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8,
        weight_decay=args.weight_decay, max_grad_norm=1.0,
    )
    Path(args.out).write_text(
        json.dumps(dict(inputs=inputs.tolist(), targets=targets.tolist(), optimizer=optimizer))
    )

    if args.lora:
        targets = args.targets.split(",")
        Path(args.lora).mkdir(parents=True, exist_ok=True)
        (Path(args.lora) / "adapter_config.json").write_text(
            json.dumps(
                dict(
                    peft_type="LORA", task_type="CAUSAL_LM", r=args.rank, lora_alpha=args.alpha,
                    lora_dropout=0.0, target_modules=targets, fan_in_fan_out=True, bias="none",
                )
            )
        )
        adapter = {}
        for name, shape in parameter_shapes(config).items():
            if name.endswith(".weight") and name.split(".")[-2] in targets:
                layer = "base_model.model.transformer." + name.removesuffix(".weight")
                draw = lambda *s: torch.randn(s, generator=generator)
                adapter[layer + ".lora_A.weight"] = draw(args.rank, shape[0]) / shape[0] ** 0.5
                adapter[layer + ".lora_B.weight"] = 0.02 * draw(shape[1], args.rank)
        write_safetensors(Path(args.lora) / "adapter_model.safetensors", adapter)


if __name__ == "__main__":
    main()
