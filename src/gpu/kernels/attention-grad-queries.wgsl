// kernel attention grad queries [DROPOUT]
//
// Attention, backward to the queries (FlashAttention-2, Algorithm 2), where p are the probabilities,
// dp = (dy · v) ∘ mask, and rowDot = Σ dy ∘ y, which equals Σ p ∘ dp:
//   dq = Σ_j p (dp − rowDot) k / √D
// Also writes rowDots, which the kernel attention grad keys reads.
//
// Bindings: 1 qkv [N, 3C], 2 dy [N, C], 3 y [N, C], 4 logSums [B·H, T], 5 rowDots [B·H, T],
// 6 dqkv [N, 3C] (this kernel writes the part of q).

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let index = (group.x + group.y * groups.x) * 64u + local;
  if (index >= invocations()) { return; }
  let place = placeOf(index);

  var q: array<Row, rowsPerInvocation>;
  var dOut: array<Row, rowsPerInvocation>;
  var dq: array<Row, rowsPerInvocation>;
  var logSum: array<f32, rowsPerInvocation>;
  var rowDot: array<f32, rowsPerInvocation>;
  for (var r = 0u; r < rowsPerInvocation; r++) {
    let t = min(place.row + r, p.T - 1u);
    let at = qkvAt(place, t, 0u);
    let outputAt = outAt(place, t);
    for (var d = 0u; d < headQuads; d++) {
      q[r][d] = readQkv(at, d) * p.scale;
      dOut[r][d] = readDy(outputAt, d);
      rowDot[r] += dot(dOut[r][d], readY(outputAt, d));
    }
    logSum[r] = logSums[place.head * p.T + t];
  }

  let end = min(place.row + rowsPerInvocation, p.T);
  for (var j = 0u; j < end; j++) {
    var score = array<f32, rowsPerInvocation>();
    var dp = array<f32, rowsPerInvocation>();
    let keyAt = qkvAt(place, j, 1u);
    let valueAt = qkvAt(place, j, 2u);
    var key: Row;
    for (var d = 0u; d < headQuads; d++) {
      key[d] = readQkv(keyAt, d);
      let value = readQkv(valueAt, d);
      for (var r = 0u; r < rowsPerInvocation; r++) {
        score[r] += dot(q[r][d], key[d]);
        dp[r] += dot(dOut[r][d], value);
      }
    }
    var ds = array<f32, rowsPerInvocation>();
    for (var r = 0u; r < rowsPerInvocation; r++) {
      let t = place.row + r;
      let probability = select(0.0, exp(min(score[r] - logSum[r], 0.0)), j <= t);
      ds[r] = probability * (dp[r] * attentionMask(place, t, j) - rowDot[r]);
    }
    for (var d = 0u; d < headQuads; d++) {
      for (var r = 0u; r < rowsPerInvocation; r++) { dq[r][d] += ds[r] * key[d]; }
    }
  }
  for (var r = 0u; r < rowsPerInvocation; r++) {
    let t = place.row + r;
    if (t < p.T) {
      let at = qkvAt(place, t, 0u);
      for (var d = 0u; d < headQuads; d++) { writeDqkv(at, d, dq[r][d] * p.scale); }
      rowDots[place.head * p.T + t] = rowDot[r];
    }
  }
}
