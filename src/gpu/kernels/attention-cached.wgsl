// kernel attention cached
//
// Attention of one new position per sequence (decoding). Writes the position's key and value into the
// cache, then attends over positions 0 … position. One workgroup of `size` invocations computes one head
// of one sequence and keeps its scores in workgroup memory.
//
// First, each invocation scores every size-th position. Then each invocation sums one column of the head
// over a slice of the positions, and the slices are added up. attention-kernels.ts puts these declarations
// before this file: `size`, a multiple of 8; `Unit`, a vec4f where D is a multiple of four and an f32
// elsewhere; and `dotOf`, the dot product of two units.
//
// Bindings: 1 qkv [B, 3C], 2 keys [B, H, S, D], 3 values [B, H, S, D], 4 y [B, C].

struct Params { H: u32, S: u32, D: u32, position: u32, scale: f32 } // D counts units

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> qkv: array<Unit>;
@group(0) @binding(2) var<storage, read_write> keys: array<Unit>;
@group(0) @binding(3) var<storage, read_write> values: array<Unit>;
@group(0) @binding(4) var<storage, read_write> y: array<Unit>;

const maxPositions = 3072u;
var<workgroup> weights: array<f32, maxPositions>;
var<workgroup> partial: array<f32, size>;
var<workgroup> partialValues: array<Unit, size>;

fn combine(a: f32, b: f32, isMax: bool) -> f32 { return select(a + b, max(a, b), isMax); }

// The maximum or the sum over the workgroup, returned to every invocation. Works in two steps, because
// barriers are expensive. What was written to memory before the call is visible to all after it.
fn reduceAll(value: f32, isMax: bool, local: u32) -> f32 {
  workgroupBarrier();
  partial[local] = value;
  workgroupBarrier();
  if (local < size / 8u) {
    for (var i = 1u; i < 8u; i++) {
      partial[local * 8u] = combine(partial[local * 8u], partial[local * 8u + i], isMax);
    }
  }
  workgroupBarrier();
  var result = partial[0];
  for (var i = 8u; i < size; i += 8u) { result = combine(result, partial[i], isMax); }
  return result;
}

@compute @workgroup_size(size)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let b = group.x / p.H;
  let h = group.x % p.H;
  let C = p.H * p.D;
  let row = b * 3u * C + h * p.D; // where q starts in qkv; k and v start C and 2C elements later
  let cache = group.x * p.S * p.D;
  let newest = cache + p.position * p.D;
  for (var d = local; d < p.D; d += size) {
    keys[newest + d] = qkv[row + C + d];
    values[newest + d] = qkv[row + 2u * C + d];
  }
  storageBarrier();

  var maxScore = -1e30;
  for (var j = local; j <= p.position; j += size) {
    var score = 0.0;
    for (var d = 0u; d < p.D; d++) { score += dotOf(qkv[row + d], keys[cache + j * p.D + d]); }
    score *= p.scale;
    weights[j] = score;
    maxScore = max(maxScore, score);
  }
  maxScore = reduceAll(maxScore, true, local);
  var sum = 0.0;
  for (var j = local; j <= p.position; j += size) {
    let weight = exp(weights[j] - maxScore);
    weights[j] = weight;
    sum += weight;
  }
  sum = reduceAll(sum, false, local);

  let columns = min(p.D, size);
  let slices = size / columns;
  let column = local % columns;
  let slice = local / columns;
  for (var first = 0u; first < p.D; first += columns) {
    let d = first + column;
    var value = Unit();
    if (d < p.D && slice < slices) {
      for (var j = slice; j <= p.position; j += slices) {
        value += weights[j] * values[cache + j * p.D + d];
      }
    }
    workgroupBarrier();
    partialValues[local] = value;
    workgroupBarrier();
    if (d < p.D && slice == 0u) {
      for (var s = 1u; s < slices; s++) { value += partialValues[s * columns + column]; }
      y[b * C + h * p.D + d] = value / sum;
    }
  }
}
