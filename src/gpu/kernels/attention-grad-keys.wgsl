// kernel attention grad keys [DROPOUT]
//
// Attention, backward to keys and values (FlashAttention-2, Algorithm 2). Each invocation has
// `rowsPerInvocation` key rows j and goes through all queries t ≥ j:
//   dv = Σ_t (p ∘ mask) dy
//   dk = Σ_t p (dp − rowDot) q / √D
// Runs after the kernel attention grad queries, which writes rowDots.
//
// Bindings: 1 qkv [N, 3C], 2 dy [N, C], 3 logSums [B·H, T], 4 rowDots [B·H, T],
// 5 dqkv [N, 3C] (this kernel writes the parts of k and v).

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let index = (group.x + group.y * groups.x) * 64u + local;
  if (index >= invocations()) { return; }
  let place = placeOf(index);

  var key: array<Row, rowsPerInvocation>;
  var value: array<Row, rowsPerInvocation>;
  var dKey: array<Row, rowsPerInvocation>;
  var dValue: array<Row, rowsPerInvocation>;
  for (var r = 0u; r < rowsPerInvocation; r++) {
    let keyAt = qkvAt(place, place.row + r, 1u);
    let valueAt = qkvAt(place, place.row + r, 2u);
    for (var d = 0u; d < headQuads; d++) {
      key[r][d] = readQkv(keyAt, d) * p.scale;
      value[r][d] = readQkv(valueAt, d);
    }
  }

  for (var t = place.row; t < p.T; t++) {
    let queryAt = qkvAt(place, t, 0u);
    let dyAt = outAt(place, t);
    let logSum = logSums[place.head * p.T + t];
    let rowDot = rowDots[place.head * p.T + t];
    var query: Row;
    var dOut: Row;
    var score = array<f32, rowsPerInvocation>();
    var dp = array<f32, rowsPerInvocation>();
    for (var d = 0u; d < headQuads; d++) {
      query[d] = readQkv(queryAt, d);
      dOut[d] = readDy(dyAt, d);
      for (var r = 0u; r < rowsPerInvocation; r++) {
        score[r] += dot(key[r][d], query[d]);
        dp[r] += dot(value[r][d], dOut[d]);
      }
    }
    var weight = array<f32, rowsPerInvocation>();
    var ds = array<f32, rowsPerInvocation>();
    for (var r = 0u; r < rowsPerInvocation; r++) {
      let j = place.row + r;
      let mask = attentionMask(place, t, j);
      let probability = select(0.0, exp(min(score[r] - logSum, 0.0)), j <= t);
      weight[r] = probability * mask;
      ds[r] = probability * (dp[r] * mask - rowDot);
    }
    for (var d = 0u; d < headQuads; d++) {
      for (var r = 0u; r < rowsPerInvocation; r++) {
        dValue[r][d] += weight[r] * dOut[d];
        dKey[r][d] += ds[r] * query[d];
      }
    }
  }
  for (var r = 0u; r < rowsPerInvocation; r++) {
    let j = place.row + r;
    if (j < p.T) {
      let keyAt = qkvAt(place, j, 1u);
      let valueAt = qkvAt(place, j, 2u);
      for (var d = 0u; d < headQuads; d++) {
        writeDqkv(keyAt, d, dKey[r][d] * p.scale);
        writeDqkv(valueAt, d, dValue[r][d]);
      }
    }
  }
}
