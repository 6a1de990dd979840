// kernel restore halves
//
// Reads three tensors that the kernel keep halves has stored, as float32. kernels.ts puts halves.wgsl before this file.
//
// Bindings: 1 to 3 the copies, 4 to 6 the tensors.

struct Params { quadsA: u32, quadsB: u32, quadsC: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> halfA: array<vec2u>;
@group(0) @binding(2) var<storage, read> halfB: array<vec2u>;
@group(0) @binding(3) var<storage, read> halfC: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> a: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> b: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> c: array<vec4f>;

// For every index (each.wgsl).
fn each(i: u32) {
  let startC = p.quadsA + p.quadsB;
  if (i < p.quadsA) { a[i] = fromHalves(halfA[i]); }
  else if (i < startC) { b[i - p.quadsA] = fromHalves(halfB[i - p.quadsA]); }
  else if (i < startC + p.quadsC) { c[i - startC] = fromHalves(halfC[i - startC]); }
}
