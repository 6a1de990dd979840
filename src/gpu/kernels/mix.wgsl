// kernel mix
//
// value = base + share · (trained − base), over parameters that lie next to each other in memory: robust
// fine-tuning of Wortsman et al. (WiSE-FT, arXiv:2109.01903). The three buffers have the same layout. Each
// invocation computes four elements.
//
// Bindings: 1 base, 2 trained, 3 value.

struct Params {
  quads: u32,
  share: f32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> base: array<vec4f>;
@group(0) @binding(2) var<storage, read> trained: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> value: array<vec4f>;

// For every index (each.wgsl).
fn each(i: u32) {
  if (i >= p.quads) { return; }
  value[i] = base[i] + p.share * (trained[i] - base[i]);
}
