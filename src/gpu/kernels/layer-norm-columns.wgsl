// kernel layer norm columns [ACCUMULATE]
//
// LayerNorm, backward to its parameters: dgain (+)= Σ dy ∘ (x − mean) rstd and dbias (+)= Σ dy, summed down
// the columns. A workgroup handles `width` columns; each of its slices sums every slices-th row, and the
// first slice adds up the slices in order. kernels.ts puts the constants width and slices before this file.
//
// Bindings: 1 dy [N, C], 2 x [N, C], 3 stats [N] (mean, rstd), 4 dgain [C], 5 dbias [C].

struct Params { N: u32, C: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> stats: array<vec2f>;
@group(0) @binding(4) var<storage, read_write> dgain: array<f32>;
@group(0) @binding(5) var<storage, read_write> dbias: array<f32>;

override ACCUMULATE: bool = false;

const size = width * slices;
var<workgroup> partial: array<vec2f, size>;

@compute @workgroup_size(size)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let c = group.x * width + local % width;
  let slice = local / width;
  var sum = vec2f();
  if (c < p.C) {
    for (var n = slice; n < p.N; n += slices) {
      let d = dy[n * p.C + c];
      sum += vec2f(d * (x[n * p.C + c] - stats[n].x) * stats[n].y, d);
    }
  }
  partial[local] = sum;
  workgroupBarrier();
  if (slice > 0u || c >= p.C) { return; }
  var total = vec2f();
  for (var s = 0u; s < slices; s++) { total += partial[s * width + local]; }
  if (ACCUMULATE) { total += vec2f(dgain[c], dbias[c]); }
  dgain[c] = total.x;
  dbias[c] = total.y;
}
