// kernel rows
//
// Gathers rows: y[i] = x[indices[i]]. Each invocation copies one element.
//
// Bindings: 1 x [N, C], 2 indices [count], 3 y [count, C].

struct Params { count: u32, C: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> indices: array<u32>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;

// For every index (each.wgsl).
fn each(i: u32) {
  if (i < p.count * p.C) { y[i] = x[indices[i / p.C] * p.C + i % p.C]; }
}
