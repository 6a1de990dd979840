// Shared by kernels with a GELU: GPT-2's tanh approximation (Hendrycks & Gimpel, arXiv:1606.08415;
// `gelu` in openai/gpt-2's `src/model.py`), 0.5 x (1 + tanh u) with u = sqrt(2/pi) (x + 0.044715 x^3).
//
// Written as x * sigmoid(2u), which is the same function without tanh, because tanh overflows on some
// drivers. The clamp changes no float32 result; it keeps exp finite, since WGSL may assume that
// infinities don't occur.

const geluScale = 1.5957691216057308; // 2 sqrt(2 / pi)
const geluCubic = 0.044715;

fn geluGate(x: vec4f) -> vec4f {
  let u = geluScale * x * (1.0 + geluCubic * x * x);
  return 1.0 / (1.0 + exp(-clamp(u, vec4f(-40.0), vec4f(40.0))));
}

fn gelu(x: vec4f) -> vec4f {
  return x * geluGate(x);
}

// d gelu / dx = s + x s (1 - s) du
fn geluSlope(x: vec4f) -> vec4f {
  let s = geluGate(x);
  let du = geluScale * (1.0 + 3.0 * geluCubic * x * x);
  return s + x * s * (1.0 - s) * du;
}
