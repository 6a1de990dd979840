// One new position of every sequence: writes its key and value into the cache, then attends over
// positions 0 … position. One workgroup of 64 a (sequence, head); scores in workgroup memory.
// row-sum.wgsl goes before (64 lanes).
//
// Bindings: 1 qkv [B, 3C], 2 keys [B, H, S, D], 3 values [B, H, S, D], 4 y [B, C].

struct Params { H: u32, S: u32, D: u32, position: u32, scale: f32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> qkv: array<f32>;
@group(0) @binding(2) var<storage, read_write> keys: array<f32>;
@group(0) @binding(3) var<storage, read_write> values: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<f32>;

const mostPositions = 3072u;
var<workgroup> weights: array<f32, mostPositions>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let b = group.x / p.H;
  let h = group.x % p.H;
  let C = p.H * p.D;
  let row = b * 3u * C + h * p.D; // of q in qkv; k and v are C and 2C further
  let cache = group.x * p.S * p.D;
  let newest = cache + p.position * p.D;
  for (var d = local; d < p.D; d += 64u) {
    keys[newest + d] = qkv[row + C + d];
    values[newest + d] = qkv[row + 2u * C + d];
  }
  storageBarrier();

  var top = -1e30;
  for (var j = local; j <= p.position; j += 64u) {
    var score = 0.0;
    for (var d = 0u; d < p.D; d++) { score += qkv[row + d] * keys[cache + j * p.D + d]; }
    score *= p.scale;
    weights[j] = score;
    top = max(top, score);
  }
  let rowTop = rowMax(top, local);
  var sum = 0.0;
  for (var j = local; j <= p.position; j += 64u) {
    let weight = exp(weights[j] - rowTop);
    weights[j] = weight;
    sum += weight;
  }
  let total = rowSum(vec2f(sum, 0.0), local).x; // its barriers also show the weights to all

  for (var d = local; d < p.D; d += 64u) {
    var value = 0.0;
    for (var j = 0u; j <= p.position; j++) {
      value += weights[j] * values[cache + j * p.D + d];
    }
    y[b * C + h * p.D + d] = value / total;
  }
}
