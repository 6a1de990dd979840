// Attention, backward to the queries: with p the probabilities, dp = (dy · v) ∘ mask and
// D = Σ dy ∘ y (which is Σ p ∘ dp), dq = Σ_j p (dp − D) k / √D. Also writes D for the keys' kernel.
//
// Bindings: 1 qkv [N, 3C], 2 dy [N, C], 3 y [N, C], 4 logSums [B·H, T], 5 rowDots [B·H, T],
// 6 dqkv [N, 3C] (the q part is written).

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let index = (group.x + group.y * groups.x) * 64u + local;
  if (index >= invocations()) { return; }
  let place = placeOf(index);

  var q: array<Row, rowsEach>;
  var dOut: array<Row, rowsEach>;
  var dq: array<Row, rowsEach>;
  var logSum: array<f32, rowsEach>;
  var rowDot: array<f32, rowsEach>;
  for (var r = 0u; r < rowsEach; r++) {
    let t = min(place.row + r, p.T - 1u);
    let at = qkvAt(place, t, 0u);
    let at1 = outAt(place, t);
    for (var d = 0u; d < headQuads; d++) {
      q[r][d] = readQkv(at, d) * p.scale;
      dOut[r][d] = readDy(at1, d);
      rowDot[r] += dot(dOut[r][d], readY(at1, d));
    }
    logSum[r] = logSums[place.head * p.T + t];
  }

  let end = min(place.row + rowsEach, p.T);
  for (var j = 0u; j < end; j++) {
    var score = array<f32, rowsEach>();
    var dp = array<f32, rowsEach>();
    let keyAt = qkvAt(place, j, 1u);
    let valueAt = qkvAt(place, j, 2u);
    var key: Row;
    for (var d = 0u; d < headQuads; d++) {
      key[d] = readQkv(keyAt, d);
      let value = readQkv(valueAt, d);
      for (var r = 0u; r < rowsEach; r++) {
        score[r] += dot(q[r][d], key[d]);
        dp[r] += dot(dOut[r][d], value);
      }
    }
    var ds = array<f32, rowsEach>();
    for (var r = 0u; r < rowsEach; r++) {
      let t = place.row + r;
      let probability = select(0.0, exp(min(score[r] - logSum[r], 0.0)), j <= t);
      ds[r] = probability * (dp[r] * attentionMask(place, t, j) - rowDot[r]);
    }
    for (var d = 0u; d < headQuads; d++) {
      for (var r = 0u; r < rowsEach; r++) { dq[r][d] += ds[r] * key[d]; }
    }
  }
  for (var r = 0u; r < rowsEach; r++) {
    let t = place.row + r;
    if (t < p.T) {
      let at = qkvAt(place, t, 0u);
      for (var d = 0u; d < headQuads; d++) { writeDqkv(at, d, dq[r][d] * p.scale); }
      rowDots[place.head * p.T + t] = rowDot[r];
    }
  }
}
