// kernel to halves
//
// Stores float32 elements as pairs of float16, four by each invocation. kernels.ts puts halves.wgsl before this file.
//
// Bindings: 1 x, 2 y.

struct Params { quads: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> y: array<vec2u>;

// For every index (each.wgsl).
fn each(i: u32) {
  if (i < p.quads) { y[i] = toHalves(x[i]); }
}
