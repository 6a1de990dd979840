// One new position of every sequence: writes its key and value into the cache, then attends over
// positions 0 … position. One workgroup of `size` a (sequence, head); scores in workgroup memory.
//
// An invocation scores every size-th position; then the columns of a head are shared out, with as many
// slices of the positions as there are invocations to a column. Constants before this file: size, a
// multiple of 8; Unit, four floats where heads divide by four, else one; dotOf, of two units.
//
// Bindings: 1 qkv [B, 3C], 2 keys [B, H, S, D], 3 values [B, H, S, D], 4 y [B, C].

struct Params { H: u32, S: u32, D: u32, position: u32, scale: f32 } // D in units

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> qkv: array<Unit>;
@group(0) @binding(2) var<storage, read_write> keys: array<Unit>;
@group(0) @binding(3) var<storage, read_write> values: array<Unit>;
@group(0) @binding(4) var<storage, read_write> y: array<Unit>;

const mostPositions = 3072u;
var<workgroup> weights: array<f32, mostPositions>;
var<workgroup> partial: array<f32, size>;
var<workgroup> slicesOf: array<Unit, size>;

fn join(a: f32, b: f32, isMax: bool) -> f32 { return select(a + b, max(a, b), isMax); }

// Largest or sum over the workgroup, for all, in two steps; its barriers show all what was written before.
fn reduced(value: f32, isMax: bool, local: u32) -> f32 {
  workgroupBarrier();
  partial[local] = value;
  workgroupBarrier();
  if (local < size / 8u) {
    for (var i = 1u; i < 8u; i++) {
      partial[local * 8u] = join(partial[local * 8u], partial[local * 8u + i], isMax);
    }
  }
  workgroupBarrier();
  var all = partial[0];
  for (var i = 8u; i < size; i += 8u) { all = join(all, partial[i], isMax); }
  return all;
}

@compute @workgroup_size(size)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let b = group.x / p.H;
  let h = group.x % p.H;
  let C = p.H * p.D;
  let row = b * 3u * C + h * p.D; // of q in qkv; k and v are C and 2C further
  let cache = group.x * p.S * p.D;
  let newest = cache + p.position * p.D;
  for (var d = local; d < p.D; d += size) {
    keys[newest + d] = qkv[row + C + d];
    values[newest + d] = qkv[row + 2u * C + d];
  }
  storageBarrier();

  var top = -1e30;
  for (var j = local; j <= p.position; j += size) {
    var score = 0.0;
    for (var d = 0u; d < p.D; d++) { score += dotOf(qkv[row + d], keys[cache + j * p.D + d]); }
    score *= p.scale;
    weights[j] = score;
    top = max(top, score);
  }
  top = reduced(top, true, local);
  var sum = 0.0;
  for (var j = local; j <= p.position; j += size) {
    let weight = exp(weights[j] - top);
    weights[j] = weight;
    sum += weight;
  }
  sum = reduced(sum, false, local);

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
    slicesOf[local] = value;
    workgroupBarrier();
    if (d < p.D && slice == 0u) {
      for (var s = 1u; s < slices; s++) { value += slicesOf[s * columns + column]; }
      y[b * C + h * p.D + d] = value / sum;
    }
  }
}
