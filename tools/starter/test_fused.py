#!/usr/bin/env python3
"""fused.py against PyTorch's own operations: `python3 test_fused.py`."""

import unittest

import torch

import fused
import model


class Fused(unittest.TestCase):
    def compare(self, ours, theirs, x, tolerance):
        """Values and input gradients of two functions of x (bf16 and float32), relative to the largest value."""
        a = x.to(torch.bfloat16).requires_grad_()
        b = a.detach().float().requires_grad_()
        ya, yb = ours(a), theirs(b)
        slope = torch.randn_like(yb)
        ya.backward(slope.to(ya.dtype))
        yb.backward(slope)
        for got, wanted in ((ya, yb), (a.grad, b.grad)):
            self.assertTrue(torch.isfinite(got).all())
            self.assertLess(((got - wanted).abs().max() / wanted.abs().max()).item(), tolerance)

    def test_gelu_at_every_size_of_input(self):
        self.compare(fused.Gelu.apply, model.gelu, torch.linspace(-60, 60, 10007), 0.01)

    def test_attention(self):
        x = torch.randn(2, 64, 3 * 192) * 2
        self.compare(lambda t: fused.CausalAttention.apply(t, 6), lambda t: model.attention(t, 6), x, 0.02)

    def test_whole_model(self):
        params = {n: (p if ".ln_" in n else p * 3).requires_grad_() for n, p in model.init(0).items()}
        ids = torch.randint(0, 4096, (5, 257))
        pair = []
        for loss in (fused.loss, model.loss):
            value = loss(params, ids[:, :-1], ids[:, 1:])
            pair.append((value, torch.autograd.grad(value, list(params.values()))))
        (a, ga), (b, gb) = pair
        self.assertLess(abs(a - b) / b, 2e-3)
        for name, x, y in zip(params, ga, gb):
            self.assertLess(((x - y).norm() / y.norm()).item(), 0.05, name)


if __name__ == "__main__":
    torch.manual_seed(0)
    unittest.main()
