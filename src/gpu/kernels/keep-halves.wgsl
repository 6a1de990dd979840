// kernel keep halves
//
// Stores three float32 tensors as pairs of float16, four elements by each invocation: what a block keeps for its
// backward pass. kernels.ts puts halves.wgsl before this file.
//
// Bindings: 1 to 3 the tensors, 4 to 6 the copies.

struct Params { quadsA: u32, quadsB: u32, quadsC: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> a: array<vec4f>;
@group(0) @binding(2) var<storage, read> b: array<vec4f>;
@group(0) @binding(3) var<storage, read> c: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> halfA: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> halfB: array<vec2u>;
@group(0) @binding(6) var<storage, read_write> halfC: array<vec2u>;

// For every index (each.wgsl).
fn each(i: u32) {
  let startC = p.quadsA + p.quadsB;
  if (i < p.quadsA) { halfA[i] = toHalves(a[i]); }
  else if (i < startC) { halfB[i - p.quadsA] = toHalves(b[i - p.quadsA]); }
  else if (i < startC + p.quadsC) { halfC[i - startC] = toHalves(c[i - startC]); }
}
