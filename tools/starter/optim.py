"""Muon for the matrices inside the blocks, AdamW for everything else.

Muon: Keller Jordan et al., https://kellerjordan.github.io/posts/muon/; the momentum of a
matrix is replaced by (nearly) the closest orthogonal matrix, so every direction of it
learns at the same speed. Embeddings, LayerNorms and biases are not such matrices.
"""

import torch


def is_matrix(name):
    """Whether Muon takes this parameter."""
    return name.startswith("transformer.h.") and name.endswith(".weight") and ".ln_" not in name


def orthogonalise(g, steps=5):
    """g [n, a, b] with a <= b → the same with all singular values near 1, in bfloat16.

    Quintic Newton-Schulz iteration, coefficients from the article above.
    """
    x = g.to(torch.bfloat16)
    x = x / (x.float().flatten(1).norm(dim=1).to(x.dtype)[:, None, None] + 1e-7)
    for _ in range(steps):
        s = torch.bmm(x, x.transpose(1, 2))
        s = torch.baddbmm(s, s, s, beta=-4.7750, alpha=2.0315)
        x = torch.baddbmm(x, s, x, beta=3.4445)
    return x


class Muon:
    """Nesterov momentum, orthogonalised; matrices of equal shape go through the iteration together."""

    def __init__(self, params, momentum=0.95, weight_decay=0.0):
        self.params, self.momentum, self.weight_decay = params, momentum, weight_decay
        self.buffers = {name: torch.zeros_like(p) for name, p in params.items()}

    @staticmethod
    def _pieces(name, t):
        """Conv1D [in, out] as wide matrices: c_attn as its q, k and v, a tall one transposed."""
        if "c_attn" in name:
            return list(t.split(t.shape[0], dim=1))
        return [t if t.shape[0] <= t.shape[1] else t.t()]

    def step(self, grads, lr):
        groups = {}
        for name, p in self.params.items():
            buffer = self.buffers[name].mul_(self.momentum).add_(grads[name])
            update = grads[name].add(buffer, alpha=self.momentum)
            p.mul_(1 - lr * self.weight_decay)
            for target, piece in zip(self._pieces(name, p), self._pieces(name, update)):
                # A matrix that widens its input gets a step longer by sqrt(out / in).
                scale = max(1.0, p.shape[1] / p.shape[0]) ** 0.5 if "c_attn" not in name else 1.0
                groups.setdefault(piece.shape, []).append((target, piece, scale))
        for group in groups.values():
            new = orthogonalise(torch.stack([piece for _, piece, _ in group])).float()
            for (target, _, scale), update in zip(group, new):
                target.add_(update, alpha=-lr * scale)

    def state(self):
        return self.buffers

    def load(self, state):
        for name, buffer in self.buffers.items():
            buffer.copy_(state[name])


class AdamW:
    """Adam (decay 0) on one flat vector, so that a step is a handful of passes whatever the number of tensors."""

    def __init__(self, params, betas=(0.9, 0.95), eps=1e-8):
        self.params, self.betas, self.eps = params, betas, eps
        size = sum(p.numel() for p in params.values())
        self.flat = torch.cat([p.detach().reshape(-1) for p in params.values()])
        self.m, self.v, self.count = torch.zeros(size), torch.zeros(size), 0
        start = 0
        for p in params.values():
            p.data = self.flat[start : start + p.numel()].view_as(p)
            start += p.numel()

    def step(self, grads, lr):
        self.count += 1
        b1, b2 = self.betas
        g = torch.cat([grads[name].reshape(-1) for name in self.params])
        self.m.lerp_(g, 1 - b1)
        self.v.mul_(b2).addcmul_(g, g, value=1 - b2)
        root = (self.v / (1 - b2**self.count)).sqrt_().add_(self.eps)
        self.flat.addcdiv_(self.m, root, value=-lr / (1 - b1**self.count))

    def state(self):
        return {"m": self.m, "v": self.v, "count": self.count}

    def load(self, state):
        self.m.copy_(state["m"])
        self.v.copy_(state["v"])
        self.count = state["count"]
