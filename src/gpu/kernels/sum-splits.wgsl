// kernel sum splits [ACCUMULATE]
//
// The second pass of a split-K product: out [size] (+)= Σ parts[s] over the splits, and the same for the
// column sums. The order of the sum is fixed, so the result is deterministic, which atomics would not
// be. Each invocation computes one element of out or, after those, of columnSums.
//
// Bindings: 1 parts [splits, size], 2 out [size], 3 columnParts [splits, columns], 4 columnSums [columns].

struct Params { size: u32, columns: u32, splits: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> parts: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<storage, read> columnParts: array<f32>;
@group(0) @binding(4) var<storage, read_write> columnSums: array<f32>;

override ACCUMULATE: bool = false;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = (group.x + group.y * groups.x) * 64u + local;
  var sum = 0.0;
  if (i < p.size) {
    if (ACCUMULATE) { sum = out[i]; }
    for (var s = 0u; s < p.splits; s++) { sum += parts[s * p.size + i]; }
    out[i] = sum;
  } else if (i < p.size + p.columns) {
    let column = i - p.size;
    if (ACCUMULATE) { sum = columnSums[column]; }
    for (var s = 0u; s < p.splits; s++) { sum += columnParts[s * p.columns + column]; }
    columnSums[column] = sum;
  }
}
