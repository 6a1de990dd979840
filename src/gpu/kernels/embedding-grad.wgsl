// kernel embedding grad
//
// dwte[id] += Σ dx[n] over all n whose token is id. The host sorts the tokens by id, and each workgroup
// adds up the rows of one distinct id in order: the result is deterministic without atomics, and only rows
// that occur are touched (llm.c's `llmc/encoder.cuh` sorts tokens into buckets for the same reason).
//
// Bindings: 1 dx [N, C], 2 order [N], the indices n sorted by id, 3 segments [distinct + 1], pairs of an id
// and its first index in order, the last pair being (0, N), 4 the shard of dwte with rows
// [rowBegin, rowEnd).

struct Params { distinct: u32, C: u32, rowBegin: u32, rowEnd: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> dx: array<f32>;
@group(0) @binding(2) var<storage, read> order: array<u32>;
@group(0) @binding(3) var<storage, read> segments: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> dwte: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let segment = group.x + group.y * groups.x;
  if (segment >= p.distinct) { return; }
  let id = segments[segment].x;
  if (id < p.rowBegin || id >= p.rowEnd) { return; }
  let begin = segments[segment].y;
  let end = segments[segment + 1u].y;
  for (var c = local; c < p.C; c += 64u) {
    var sum = dwte[(id - p.rowBegin) * p.C + c];
    for (var i = begin; i < end; i++) { sum += dx[order[i] * p.C + c]; }
    dwte[(id - p.rowBegin) * p.C + c] = sum;
  }
}
