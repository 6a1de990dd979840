"""compare.py OURS THEIRS [--worst N]: how far two parity files are apart.

The error of a tensor is its largest difference over its largest value in THEIRS; of the losses it is
the largest at any step, over that step's loss. Ends with 1 when a limit of the issue is missed:
1e-4 for logits, loss and every gradient, 1e-3 for every step's loss.
"""

import argparse
import sys

import torch

from files import read_safetensors


def error(ours, theirs):
    largest = theirs.abs().max().item()
    return (ours - theirs).abs().max().item() / (largest or 1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ours")
    parser.add_argument("theirs")
    parser.add_argument("--worst", type=int, default=5)
    args = parser.parse_args()
    ours, theirs = read_safetensors(args.ours), read_safetensors(args.theirs)
    if set(ours) != set(theirs):
        sys.exit(f"only one side has {sorted(set(ours) ^ set(theirs))[:10]}")
    errors = {}
    for name in theirs:
        if ours[name].shape != theirs[name].shape:
            sys.exit(f"{name}: {tuple(ours[name].shape)} and {tuple(theirs[name].shape)}")
        if name == "losses":
            apart = (ours[name] - theirs[name]).abs() / theirs[name]
            errors[name] = apart.max().item() if apart.numel() else 0.0
        else:
            errors[name] = error(ours[name], theirs[name])
    has_missed = False
    for kind, limit in (("logits", 1e-4), ("loss", 1e-4), ("grad.", 1e-4), ("losses", 1e-3), ("param.", None)):
        of = {n: e for n, e in errors.items() if n == kind or (kind.endswith(".") and n.startswith(kind))}
        worst = sorted(of.items(), key=lambda item: -item[1])[: args.worst]
        # Not-a-number is no match.
        missed = limit is not None and any(not e <= limit for e in of.values())
        has_missed |= missed
        print(f"{kind:7} {len(of):4} tensors, worst {max(of.values(), default=0.0):.2e}", "MISSED" if missed else "")
        if len(of) > 1:
            for name, e in worst:
                print(f"          {e:.2e}  {name}")
    sys.exit(1 if has_missed else 0)


if __name__ == "__main__":
    main()
