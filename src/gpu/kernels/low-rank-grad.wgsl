// kernel low rank grad [DROPOUT] [ACCUMULATE]
//
// The gradients of both matrices of a LoRA update, in one dispatch:
//   db [outputs, rank] (+)= scale · dyᵀ · low       da [rank, inputs] (+)= dLowᵀ · (mask ∘ x)
// A workgroup handles `width` columns of dy or, after those, of x. Each of its slices sums every
// slices-th row, and the first slice adds up the slices in order. kernels.ts puts the constants width and
// slices and random.wgsl before this file.
//
// Bindings: 1 dy [N, outputs], 2 low [N, rank], 3 x [N, inputs], 4 dLow [N, rank], 5 db, 6 da.

struct Params {
  N: u32, inputs: u32, outputs: u32, rank: u32, scale: f32,
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read> low: array<f32>;
@group(0) @binding(3) var<storage, read> x: array<f32>;
@group(0) @binding(4) var<storage, read> dLow: array<f32>;
@group(0) @binding(5) var<storage, read_write> db: array<f32>;
@group(0) @binding(6) var<storage, read_write> da: array<f32>;

override DROPOUT: bool = false;
override ACCUMULATE: bool = false;

const size = width * slices;
var<workgroup> partial: array<vec4f, size>;

@compute @workgroup_size(size)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = group.x + group.y * groups.x;
  let blocksB = (p.outputs + width - 1u) / width;
  let isB = block < blocksB;
  let columns = select(p.inputs, p.outputs, isB);
  let column = (block - select(blocksB, 0u, isB)) * width + local % width;
  let slice = local / width;
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  for (var first = 0u; first < p.rank; first += 4u) {
    var sum = vec4f();
    if (column < columns) {
      for (var n = slice; n < p.N; n += slices) {
        let at = n * p.rank + first;
        let i = n * columns + column;
        if (isB) {
          sum += dy[i] * vec4f(low[at], low[at + 1u], low[at + 2u], low[at + 3u]);
        } else {
          var value = x[i];
          if (DROPOUT) { value *= dropoutElement(i, site, p.dropThreshold, p.dropKeep); }
          sum += value * vec4f(dLow[at], dLow[at + 1u], dLow[at + 2u], dLow[at + 3u]);
        }
      }
    }
    workgroupBarrier();
    partial[local] = sum;
    workgroupBarrier();
    if (slice == 0u && column < columns) {
      var total = vec4f();
      for (var s = 0u; s < slices; s++) { total += partial[s * width + local]; }
      for (var i = 0u; i < min(4u, p.rank - first); i++) {
        if (isB) {
          let out = column * p.rank + first + i;
          db[out] = total[i] * p.scale + select(0.0, db[out], ACCUMULATE);
        } else {
          let out = (first + i) * p.inputs + column;
          da[out] = total[i] + select(0.0, da[out], ACCUMULATE);
        }
      }
    }
  }
}
