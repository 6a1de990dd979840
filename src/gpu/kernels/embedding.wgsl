// kernel embedding [POSITIONS]
//
// x[n] = wte[ids[n]] + wpe[start + n mod T] for the tokens whose row lies in this shard of wte, which has
// rows [rowBegin, rowEnd). Each invocation computes one element.
//
// Bindings: 1 ids [N], 2 the shard of wte [rowEnd − rowBegin, C], 3 wpe [P, C], 4 x [N, C], 5 with POSITIONS
// the position of each token [N], which then replaces start + n mod T. kernels.ts declares both tables, as
// float32 or float16, with readWte and readWpe.

struct Params { N: u32, C: u32, T: u32, start: u32, rowBegin: u32, rowEnd: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> ids: array<u32>;
@group(0) @binding(4) var<storage, read_write> x: array<f32>;
@group(0) @binding(5) var<storage, read> positions: array<u32>;

override POSITIONS: bool = false;

// For every index (each.wgsl).
fn each(i: u32) {
  if (i >= p.N * p.C) { return; }
  let n = i / p.C;
  let c = i % p.C;
  let id = ids[n];
  if (id < p.rowBegin || id >= p.rowEnd) { return; }
  var position = p.start + n % p.T;
  if (POSITIONS) { position = positions[n]; }
  x[i] = readWte((id - p.rowBegin) * p.C + c) + readWpe(position * p.C + c);
}
