// Memory access for matmul-simple.wgsl, for any strides: four loads instead of one, and stores that stop
// at column N.

@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;
@group(0) @binding(4) var<storage, read> bias: array<f32>;
@group(0) @binding(5) var<storage, read> extra: array<f32>;
@group(0) @binding(6) var<storage, read_write> activationBuffer: array<f32>;
@group(0) @binding(7) var<storage, read_write> columnSums: array<f32>;

fn readC(at: u32) -> vec4f { return vec4f(c[at], c[at + 1u], c[at + 2u], c[at + 3u]); }
fn readBias(n: u32) -> vec4f { return vec4f(bias[n], bias[n + 1u], bias[n + 2u], bias[n + 3u]); }
fn readExtra(at: u32) -> vec4f {
  return vec4f(extra[at], extra[at + 1u], extra[at + 2u], extra[at + 3u]);
}
fn readLow(at: u32) -> f32 { return columnSums[at]; }
fn readColumnSums(at: u32) -> vec4f {
  return vec4f(columnSums[at], columnSums[at + 1u], columnSums[at + 2u], columnSums[at + 3u]);
}
fn writeC(at: u32, n: u32, y: vec4f) {
  for (var i = 0u; i < min(4u, p.N - n); i++) { c[at + i] = y[i]; }
}
fn writeActivation(at: u32, n: u32, y: vec4f) {
  for (var i = 0u; i < min(4u, p.N - n); i++) { activationBuffer[at + i] = y[i]; }
}
fn writeColumnSums(at: u32, n: u32, y: vec4f) {
  for (var i = 0u; i < min(4u, p.N - n); i++) { columnSums[at + i] = y[i]; }
}

fn dropoutMask(index: u32) -> vec4f {
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  var mask: vec4f;
  for (var i = 0u; i < 4u; i++) {
    mask[i] = dropoutElement(index + i, site, p.dropThreshold, p.dropKeep);
  }
  return mask;
}
