// kernel adamw
//
// One AdamW update in place (Loshchilov & Hutter, "Decoupled Weight Decay Regularization",
// arXiv:1711.05101), over parameters that lie next to each other in memory. The four buffers have the
// same layout. Each invocation updates four elements. Nothing is updated if the scale is negative.
//
// Bindings: 1 gradient, 2 gradientScale [1], 3 value, 4 m, 5 v.
// Params: `stepSize` is learningRate / (1 − beta1^t), `rootCorrection` is 1 / √(1 − beta2^t), and `keep`
// is 1 − learningRate · weightDecay.

struct Params {
  quads: u32,
  beta1: f32, beta2: f32, epsilon: f32,
  stepSize: f32, rootCorrection: f32, keep: f32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> gradient: array<vec4f>;
@group(0) @binding(2) var<storage, read> gradientScale: array<f32>;
@group(0) @binding(3) var<storage, read_write> value: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> m: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> v: array<vec4f>;

// For every index (each.wgsl).
fn each(i: u32) {
  if (i >= p.quads || gradientScale[0] < 0.0) { return; }
  let g = gradient[i] * gradientScale[0];
  let nextM = p.beta1 * m[i] + (1.0 - p.beta1) * g;
  let nextV = p.beta2 * v[i] + (1.0 - p.beta2) * g * g;
  m[i] = nextM;
  v[i] = nextV;
  value[i] = p.keep * value[i] - p.stepSize * nextM / (sqrt(nextV) * p.rootCorrection + p.epsilon);
}
