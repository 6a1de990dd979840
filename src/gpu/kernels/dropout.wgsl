// kernel dropout
//
// y = x · mask / (1 − rate). The backward pass is the same function of dy. Each invocation handles four
// elements, which share one hash. kernels.ts puts random.wgsl before this file.
//
// Bindings: 1 x, 2 y.

struct Params { quads: u32, threshold: u32, site: u32, microStep: u32, seed: u32, keep: f32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;

// For every index (each.wgsl).
fn each(i: u32) {
  if (i >= p.quads) { return; }
  y[i] = x[i] * dropoutQuad(i, vec3u(p.site, p.microStep, p.seed), p.threshold, p.keep);
}
