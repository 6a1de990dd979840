"""fused.c as autograd functions: GELU, causal attention, and the head with its loss, all in bfloat16."""

import ctypes
import math
import subprocess
import tempfile
from pathlib import Path

import torch

import model

# -ffast-math lets gcc use glibc's vector expf; gcc and torch share one OpenMP runtime.
GCC = ["gcc", "-O3", "-march=native", "-ffast-math", "-mprefer-vector-width=512"]
GCC += ["-fopenmp", "-shared", "-fPIC"]
HEAD_ROWS = 1024


def _compile():
    source = Path(__file__).with_name("fused.c")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "fused.so"
        subprocess.run([*GCC, str(source), "-o", str(library), "-lm"], check=True)
        return ctypes.CDLL(str(library))


_lib = _compile()


def _call(name, *args):
    """Tensors go as pointers, ints as int64, floats as float."""
    converted = []
    for a in args:
        if isinstance(a, torch.Tensor):
            if not a.is_contiguous():
                raise ValueError(f"{name}: a tensor is not contiguous")
            converted.append(ctypes.c_void_p(a.data_ptr()))
        else:
            converted.append(ctypes.c_float(a) if isinstance(a, float) else ctypes.c_int64(a))
    getattr(_lib, name)(*converted)


class Gelu(torch.autograd.Function):
    """tanh GELU of a bf16 tensor of any shape."""

    @staticmethod
    def forward(ctx, x):
        y = torch.empty_like(x)
        _call("gelu_forward", x, y, x.numel())
        ctx.save_for_backward(x)
        return y

    @staticmethod
    def backward(ctx, dy):
        (x,) = ctx.saved_tensors
        dx = torch.empty_like(x)
        _call("gelu_backward", x, dy.contiguous(), dx, x.numel())
        return dx


class CausalAttention(torch.autograd.Function):
    """qkv [B, T, 3C] bf16 → [B, T, C]; the upper triangle of the scores is never exponentiated."""

    @staticmethod
    def forward(ctx, qkv, heads):
        B, T, C = qkv.shape[0], qkv.shape[1], qkv.shape[2] // 3
        d = C // heads
        packed = qkv.view(B, T, 3, heads, d).permute(2, 0, 3, 1, 4).reshape(3, B * heads, T, d)
        q, k, v = packed
        p = torch.bmm(q, k.transpose(1, 2))
        _call("causal_softmax_forward", p, B * heads, T, 1 / math.sqrt(d))
        ctx.save_for_backward(packed, p)
        ctx.heads = heads
        return torch.bmm(p, v).view(B, heads, T, d).transpose(1, 2).reshape(B, T, C)

    @staticmethod
    def backward(ctx, dy):
        packed, p = ctx.saved_tensors
        (q, k, v), heads = packed, ctx.heads
        B, T, C = dy.shape
        d = C // heads
        dy = dy.view(B, T, heads, d).transpose(1, 2).reshape(B * heads, T, d)
        grads = torch.empty_like(packed)
        ds = torch.bmm(dy, v.transpose(1, 2))
        torch.bmm(p.transpose(1, 2), dy, out=grads[2])
        _call("causal_softmax_backward", p, ds, B * heads, T, 1 / math.sqrt(d))
        torch.bmm(ds, k, out=grads[0])
        torch.bmm(ds.transpose(1, 2), q, out=grads[1])
        return grads.view(3, B, heads, T, d).permute(1, 3, 0, 2, 4).reshape(B, T, 3 * C), None


class HeadLoss(torch.autograd.Function):
    """Mean cross-entropy of h [N, C] against the tied head w [V, C] (both bf16) and targets [N].

    The gradients are made in the forward pass, a slab of rows at a time, so the logits of
    the whole batch never exist.
    """

    @staticmethod
    def forward(ctx, h, w, targets):
        N, V = h.shape[0], w.shape[0]
        dh, dw = torch.empty_like(h), torch.zeros(w.shape)
        losses = torch.empty(N)
        for start in range(0, N, HEAD_ROWS):
            rows = slice(start, min(start + HEAD_ROWS, N))
            z = h[rows] @ w.t()
            _call("cross_entropy", z, targets[rows], losses[rows], z.shape[0], V, 1.0 / N)
            torch.mm(z, w, out=dh[rows])
            dw += z.t() @ h[rows]
        ctx.save_for_backward(dh, dw)
        return losses.mean()

    @staticmethod
    def backward(ctx, dloss):
        dh, dw = ctx.saved_tensors
        return dh * dloss.to(dh.dtype), dw.mul_(dloss).to(dh.dtype), None


def loss(params, ids, targets):
    """`model.loss` in bfloat16 through the functions above; float32 gradients reach the parameters."""
    h = model.hidden(params, ids, torch.bfloat16, attention=CausalAttention.apply, gelu=Gelu.apply)
    h = h.to(torch.bfloat16).view(-1, h.shape[-1])
    return HeadLoss.apply(h, params["transformer.wte.weight"].to(torch.bfloat16), targets.reshape(-1))
