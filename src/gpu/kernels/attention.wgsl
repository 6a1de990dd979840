// kernel attention [DROPOUT]
//
// Attention, forward: y = dropout(softmax(q kᵀ / √D)) v with an online softmax (FlashAttention-2,
// Algorithm 1). Each invocation has `rowsPerInvocation` query rows and goes through the keys that they
// may attend to.
//
// Bindings: 1 qkv [N, 3C], 2 y [N, C], 3 logSums [B·H, T].

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
  for (var r = 0u; r < rowsPerInvocation; r++) {
    let at = qkvAt(place, place.row + r, 0u);
    for (var d = 0u; d < headQuads; d++) { q[r][d] = readQkv(at, d) * p.scale; }
  }
  var weightedSum: array<Row, rowsPerInvocation>;
  var maxScore: array<f32, rowsPerInvocation>;
  var sumExp: array<f32, rowsPerInvocation>;
  for (var r = 0u; r < rowsPerInvocation; r++) { maxScore[r] = -1e30; }

  let end = min(place.row + rowsPerInvocation, p.T);
  for (var j = 0u; j < end; j++) {
    var score = array<f32, rowsPerInvocation>();
    let keyAt = qkvAt(place, j, 1u);
    for (var d = 0u; d < headQuads; d++) {
      let key = readQkv(keyAt, d);
      for (var r = 0u; r < rowsPerInvocation; r++) { score[r] += dot(q[r][d], key); }
    }
    var rescale = array<f32, rowsPerInvocation>();
    var weight = array<f32, rowsPerInvocation>();
    for (var r = 0u; r < rowsPerInvocation; r++) {
      let t = place.row + r;
      let visible = select(-1e30, score[r], j <= t);
      let newMax = max(maxScore[r], visible);
      rescale[r] = exp(maxScore[r] - newMax);
      weight[r] = select(0.0, exp(visible - newMax), j <= t);
      sumExp[r] = sumExp[r] * rescale[r] + weight[r];
      maxScore[r] = newMax;
      weight[r] *= attentionMask(place, t, j);
    }
    let valueAt = qkvAt(place, j, 2u);
    for (var d = 0u; d < headQuads; d++) {
      let value = readQkv(valueAt, d);
      for (var r = 0u; r < rowsPerInvocation; r++) {
        weightedSum[r][d] = weightedSum[r][d] * rescale[r] + weight[r] * value;
      }
    }
  }
  for (var r = 0u; r < rowsPerInvocation; r++) {
    let t = place.row + r;
    if (t < p.T) {
      let at = outAt(place, t);
      for (var d = 0u; d < headQuads; d++) { writeOut(at, d, weightedSum[r][d] / sumExp[r]); }
      logSums[place.head * p.T + t] = maxScore[r] + log(sumExp[r]);
    }
  }
}
