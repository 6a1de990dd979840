// Softmax cross-entropy of a chunk of logits [rows, V] (rows `stride` apart), and with GRADIENT the
// gradient of the loss in their place: (softmax − one-hot) · scale, zero in rows that don't count
// (target < 0) and in the padding. `lanes` invocations a row (row-sum.wgsl goes before). One pass for
// the maximum and the sum of exponentials, rescaled where the maximum grows; a second for the gradient.
//
// Bindings: 1 logits [rows, stride], 2 targets [N], 3 losses [N]. The chunk starts at row `first` of
// targets and losses.

struct Params { rows: u32, V: u32, stride: u32, first: u32, scale: f32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read_write> logits: array<f32>;
@group(0) @binding(2) var<storage, read> targets: array<i32>;
@group(0) @binding(3) var<storage, read_write> losses: array<f32>;

override GRADIENT: bool = false;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.x + group.y * groups.x) * (64u / lanes) + local / lanes;
  let lane = local % lanes;
  let safeRow = min(row, p.rows - 1u);
  let at = safeRow * p.stride;
  var top = -1e30;
  var sum = 0.0;
  for (var v = lane; v < p.V; v += lanes) {
    let logit = logits[at + v];
    if (logit > top) {
      sum *= exp(top - logit);
      top = logit;
    }
    sum += exp(logit - top);
  }
  let rowTop = rowMax(top, local);
  let rowTotal = rowSum(vec2f(sum * exp(top - rowTop), 0.0), local).x;
  let target_ = targets[p.first + safeRow];
  let logTotal = log(rowTotal);
  // The loss is read before the logits are overwritten by another lane.
  var loss = 0.0;
  if (target_ >= 0) { loss = logTotal - (logits[at + u32(max(target_, 0))] - rowTop); }
  if (lanes > 1u) { workgroupBarrier(); }
  if (row >= p.rows) { return; }
  if (lane == 0u) { losses[p.first + row] = loss; }
  if (GRADIENT) {
    let weight = select(0.0, p.scale, target_ >= 0);
    for (var v = lane; v < p.stride; v += lanes) {
      var d = 0.0;
      if (v < p.V) {
        d = weight * exp(logits[at + v] - rowTop) / rowTotal;
        if (i32(v) == target_) { d -= weight; }
      }
      logits[at + v] = d;
    }
  }
}
