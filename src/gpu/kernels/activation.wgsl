// Shared by kernels with the activation of an MLP. ACTIVATION says which one:
//
// 0: GELU's tanh approximation (Hendrycks & Gimpel, arXiv:1606.08415; `gelu` in openai/gpt-2's
// `src/model.py`), 0.5 x (1 + tanh u) with u = sqrt(2/pi) (x + 0.044715 x^3). Written as x * sigmoid(2u),
// which is the same function without tanh, because tanh overflows on some drivers. The clamp changes no
// float32 result; it keeps exp finite, since WGSL may assume that infinities don't occur.
//
// 1: GELU itself, x Φ(x). Φ is the normal distribution by formula 7.1.26 for erf of Abramowitz & Stegun,
// "Handbook of Mathematical Functions", with an error below 1e-7.
//
// 2: ReLU.

override ACTIVATION: u32 = 0;

const geluScale = 1.5957691216057308; // 2 sqrt(2 / pi)
const geluCubic = 0.044715;

fn geluGate(x: vec4f) -> vec4f {
  let u = geluScale * x * (1.0 + geluCubic * x * x);
  return 1.0 / (1.0 + exp(-clamp(u, vec4f(-40.0), vec4f(40.0))));
}

// The density of the normal distribution, without its constant factor.
fn normalDensity(x: vec4f) -> vec4f { return exp(-min(0.5 * x * x, vec4f(80.0))); }

fn normalDistribution(x: vec4f) -> vec4f {
  let t = 1.0 / (1.0 + 0.3275911 * 0.7071067811865476 * abs(x));
  let sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  let tail = 0.5 * sum * normalDensity(x);
  return select(tail, 1.0 - tail, x >= vec4f(0.0));
}

fn activated(x: vec4f) -> vec4f {
  if (ACTIVATION == 1u) { return x * normalDistribution(x); }
  if (ACTIVATION == 2u) { return max(x, vec4f(0.0)); }
  return x * geluGate(x);
}

// d activated / dx
fn activationSlope(x: vec4f) -> vec4f {
  if (ACTIVATION == 1u) {
    return normalDistribution(x) + x * 0.3989422804014327 * normalDensity(x); // 1 / sqrt(2 pi)
  }
  if (ACTIVATION == 2u) { return select(vec4f(0.0), vec4f(1.0), x > vec4f(0.0)); }
  // s + x s (1 - s) du
  let s = geluGate(x);
  let du = geluScale * (1.0 + 3.0 * geluCubic * x * x);
  return s + x * s * (1.0 - s) * du;
}
