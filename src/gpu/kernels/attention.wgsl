// Attention, forward: y = dropout(softmax(q kᵀ / √D)) v with an online softmax. An invocation owns
// `rowsEach` query rows and goes through the keys they may see.
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

  var q: array<Row, rowsEach>;
  for (var r = 0u; r < rowsEach; r++) {
    let at = qkvAt(place, place.row + r, 0u);
    for (var d = 0u; d < headQuads; d++) { q[r][d] = readQkv(at, d) * p.scale; }
  }
  var sum: array<Row, rowsEach>;
  var top: array<f32, rowsEach>;
  var total: array<f32, rowsEach>;
  for (var r = 0u; r < rowsEach; r++) { top[r] = -1e30; }

  let end = min(place.row + rowsEach, p.T);
  for (var j = 0u; j < end; j++) {
    var score = array<f32, rowsEach>();
    let keyAt = qkvAt(place, j, 1u);
    for (var d = 0u; d < headQuads; d++) {
      let key = readQkv(keyAt, d);
      for (var r = 0u; r < rowsEach; r++) { score[r] += dot(q[r][d], key); }
    }
    var rescale = array<f32, rowsEach>();
    var weight = array<f32, rowsEach>();
    for (var r = 0u; r < rowsEach; r++) {
      let t = place.row + r;
      let seen = select(-1e30, score[r], j <= t);
      let newTop = max(top[r], seen);
      rescale[r] = exp(top[r] - newTop);
      weight[r] = select(0.0, exp(seen - newTop), j <= t);
      total[r] = total[r] * rescale[r] + weight[r];
      top[r] = newTop;
      weight[r] *= attentionMask(place, t, j);
    }
    let valueAt = qkvAt(place, j, 2u);
    for (var d = 0u; d < headQuads; d++) {
      let value = readQkv(valueAt, d);
      for (var r = 0u; r < rowsEach; r++) {
        sum[r][d] = sum[r][d] * rescale[r] + weight[r] * value;
      }
    }
  }
  for (var r = 0u; r < rowsEach; r++) {
    let t = place.row + r;
    if (t < p.T) {
      let at = outAt(place, t);
      for (var d = 0u; d < headQuads; d++) { writeOut(at, d, sum[r][d] / total[r]); }
      logSums[place.head * p.T + t] = top[r] + log(total[r]);
    }
  }
}
