// kernel low rank grad [DROPOUT] [ACCUMULATE]
//
// The gradients of both matrices of a LoRA update, in one dispatch:
//   db [outputs, rank] (+)= scale · dyᵀ · low       da [rank, inputs] (+)= dLowᵀ · (mask ∘ x)
// A workgroup handles `width` Units of columns of dy or, after those, of x; a Unit is four columns where both
// have a multiple of four, else one. Each of its slices sums every slices-th row, for four ranks at a time,
// and the first slice adds up the slices in order. kernels.ts puts the constants width and slices, random.wgsl
// and Unit before this file.
//
// Bindings: 1 dy [N, outputs], 2 low [N, rank], 3 x [N, inputs], 4 dLow [N, rank], 5 db, 6 da.

struct Params {
  N: u32, inputs: u32, outputs: u32, rank: u32, scale: f32, // inputs and outputs count Units
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> dy: array<Unit>;
@group(0) @binding(2) var<storage, read> low: array<f32>;
@group(0) @binding(3) var<storage, read> x: array<Unit>;
@group(0) @binding(4) var<storage, read> dLow: array<f32>;
@group(0) @binding(5) var<storage, read_write> db: array<f32>;
@group(0) @binding(6) var<storage, read_write> da: array<Unit>;

override DROPOUT: bool = false;
override ACCUMULATE: bool = false;

const size = width * slices;
var<workgroup> partial: array<Unit, size>;

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
    var sum0 = Unit();
    var sum1 = Unit();
    var sum2 = Unit();
    var sum3 = Unit();
    if (column < columns) {
      for (var n = slice; n < p.N; n += slices) {
        let at = n * p.rank + first;
        let i = n * columns + column;
        var value: Unit;
        var factors: vec4f;
        if (isB) {
          value = dy[i];
          factors = vec4f(low[at], low[at + 1u], low[at + 2u], low[at + 3u]);
        } else {
          value = x[i];
          if (DROPOUT) { value *= maskOf(i, site, p.dropThreshold, p.dropKeep); }
          factors = vec4f(dLow[at], dLow[at + 1u], dLow[at + 2u], dLow[at + 3u]);
        }
        sum0 += value * factors.x;
        sum1 += value * factors.y;
        sum2 += value * factors.z;
        sum3 += value * factors.w;
      }
    }
    for (var r = 0u; r < min(4u, p.rank - first); r++) {
      var sum = sum0;
      if (r == 1u) { sum = sum1; }
      if (r == 2u) { sum = sum2; }
      if (r == 3u) { sum = sum3; }
      workgroupBarrier();
      partial[local] = sum;
      workgroupBarrier();
      if (slice == 0u && column < columns) {
        var total = Unit();
        for (var s = 0u; s < slices; s++) { total += partial[s * width + local]; }
        if (isB) {
          store(total * p.scale, column * unitSize * p.rank + first + r);
        } else {
          let out = (first + r) * p.inputs + column;
          if (ACCUMULATE) { total += da[out]; }
          da[out] = total;
        }
      }
    }
  }
}

// Adds or writes the elements of a Unit of columns of db, whose rows are `rank` elements long.
fn store(value: Unit, at: u32) {
  for (var i = 0u; i < unitSize; i++) {
    let out = at + i * p.rank;
    var element = elementOf(value, i);
    if (ACCUMULATE) { element += db[out]; }
    db[out] = element;
  }
}
