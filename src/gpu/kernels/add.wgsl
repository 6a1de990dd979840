// kernel add
//
// y = a + b. Each invocation adds four elements; the last one may write into the padding of y.
//
// Bindings: 1 a, 2 b, 3 y.

struct Params { quads: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> a: array<vec4f>;
@group(0) @binding(2) var<storage, read> b: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> y: array<vec4f>;

// For every index (each.wgsl).
fn each(i: u32) {
  if (i < p.quads) { y[i] = a[i] + b[i]; }
}
