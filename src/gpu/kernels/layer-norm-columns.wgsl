// kernel layer norm columns [ACCUMULATE]
//
// LayerNorm, backward to its parameters: dgain (+)= Σ dy ∘ (x − mean) rstd and dbias (+)= Σ dy, summed down
// the columns. A workgroup handles `width` Units of columns (four each where C is a multiple of four, else
// one); each of its slices sums every slices-th row, and the first slice adds up the slices in order.
// kernels.ts puts the constants width and slices and Unit before this file.
//
// Bindings: 1 dy [N, C], 2 x [N, C], 3 stats [N] (mean, rstd), 4 dgain [C], 5 dbias [C].

struct Params { N: u32, C: u32, S: u32 } // C counts Units; S equals slices

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> dy: array<Unit>;
@group(0) @binding(2) var<storage, read> x: array<Unit>;
@group(0) @binding(3) var<storage, read> stats: array<vec2f>;
@group(0) @binding(4) var<storage, read_write> dgain: array<Unit>;
@group(0) @binding(5) var<storage, read_write> dbias: array<Unit>;

override ACCUMULATE: bool = false;

const size = width * slices;
var<workgroup> partialGain: array<Unit, size>;
var<workgroup> partialBias: array<Unit, size>;

@compute @workgroup_size(size)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let c = group.x * width + local % width;
  let slice = local / width;
  var gain = Unit();
  var bias = Unit();
  if (c < p.C) {
    for (var n = slice; n < p.N; n += slices) {
      let d = dy[n * p.C + c];
      gain += d * (x[n * p.C + c] - stats[n].x) * stats[n].y;
      bias += d;
    }
  }
  partialGain[local] = gain;
  partialBias[local] = bias;
  workgroupBarrier();
  if (slice > 0u || c >= p.C) { return; }
  for (var s = 1u; s < p.S; s++) {
    gain += partialGain[s * width + local];
    bias += partialBias[s * width + local];
  }
  if (ACCUMULATE) {
    gain += dgain[c];
    bias += dbias[c];
  }
  dgain[c] = gain;
  dbias[c] = bias;
}
