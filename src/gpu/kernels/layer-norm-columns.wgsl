// dgain = Σ dy · n and dbias = Σ dy over the rows of a chunk: one invocation a column, workgroups with
// y = s sum rows [s, s + 1) · rowsPerChunk into row s of the outputs. sum-splits.wgsl adds the chunks
// where there are several.
//
// Bindings: 1 dy [N, C], 2 x [N, C], 3 stats [N] (mean, rstd), 4 dgain [chunks, C], 5 dbias [chunks, C].

struct Params { N: u32, C: u32, rowsPerChunk: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> stats: array<vec2f>;
@group(0) @binding(4) var<storage, read_write> dgain: array<f32>;
@group(0) @binding(5) var<storage, read_write> dbias: array<f32>;

override ACCUMULATE: bool = false;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let c = group.x * 64u + local;
  if (c >= p.C) { return; }
  var gainSum = 0.0;
  var biasSum = 0.0;
  let end = min(p.N, (group.y + 1u) * p.rowsPerChunk);
  for (var row = group.y * p.rowsPerChunk; row < end; row++) {
    let d = dy[row * p.C + c];
    gainSum += d * (x[row * p.C + c] - stats[row].x) * stats[row].y;
    biasSum += d;
  }
  let at = group.y * p.C + c;
  if (ACCUMULATE) {
    gainSum += dgain[at];
    biasSum += dbias[at];
  }
  dgain[at] = gainSum;
  dbias[at] = biasSum;
}
