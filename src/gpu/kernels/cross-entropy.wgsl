// kernel cross entropy [GRADIENT]
//
// Softmax cross-entropy of a chunk of logits [rows, V], whose rows are `stride` apart. With GRADIENT it
// replaces the logits by the gradient of the loss, (softmax − one-hot) · scale, which is zero in rows that
// don't count (target < 0) and in the padding (llm.c's `llmc/fused_classifier.cuh` does the same in place).
//
// `lanes` invocations share a row (row-sum.wgsl). The first pass finds the maximum and the sum of
// exponentials together, rescaling the sum when the maximum grows (Milakov & Gimelshein, "Online normalizer
// calculation for softmax", arXiv:1805.02867); the second pass writes the gradient. Each invocation reads
// and writes only its own columns, so no invocation can read a logit that another has overwritten.
//
// Bindings: 1 logits [rows, stride], 2 targets [N], 3 losses [N]. The first row of the chunk is row `first`
// of targets and losses.

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
  let isRow = row < p.rows;
  let at = row * p.stride;
  var expected = -1; // the target
  if (isRow) { expected = targets[p.first + row]; }
  let columns = select(0u, p.V, isRow);

  var maxLogit = -1e30;
  var sumExp = 0.0;
  var targetLogit = 0.0;
  for (var v = lane; v < columns; v += lanes) {
    let logit = logits[at + v];
    if (logit > maxLogit) {
      sumExp *= exp(maxLogit - logit);
      maxLogit = logit;
    }
    sumExp += exp(logit - maxLogit);
    if (i32(v) == expected) { targetLogit = logit; }
  }
  let rowMaxLogit = rowMax(maxLogit, local);
  let rowSumExp = rowSum(vec2f(sumExp * exp(maxLogit - rowMaxLogit), 0.0), local).x;
  if (!isRow) { return; }

  // The lane that has read the target's logit writes the loss.
  let isCounted = expected >= 0;
  let owner = select(0u, u32(max(expected, 0)) % lanes, isCounted);
  if (lane == owner) {
    losses[p.first + row] = select(0.0, log(rowSumExp) - (targetLogit - rowMaxLogit), isCounted);
  }
  if (GRADIENT) {
    let weight = select(0.0, p.scale, isCounted);
    for (var v = lane; v < p.stride; v += lanes) {
      var d = 0.0;
      if (v < p.V) {
        d = weight * exp(logits[at + v] - rowMaxLogit) / rowSumExp;
        if (i32(v) == expected) { d -= weight; }
      }
      logits[at + v] = d;
    }
  }
}
