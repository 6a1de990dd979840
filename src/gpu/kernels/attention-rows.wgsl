// The rows of attention between its products, for adapters where products run as matmuls: one
// invocation a row t of a head, over columns j ≤ t; the rest of the row becomes zero.
//
// Forward: scores s → dropout(softmax(s · scale)) in place; saves the log of the sum of exponentials.
// GRADIENT: scores s and dp = dy · vᵀ → the dropped probabilities and ds · scale in place, with
// probability e^(s · scale − logSum) and ds = probability (dp ∘ mask − Σ probability dp ∘ mask).
//
// Bindings: 1 scores [rows, stride], 2 dp [rows, stride] (unused forward), 3 logSums [B·H·T].
// The rows start at row `first` of [B·H·T]. random.wgsl goes before.

struct Params {
  rows: u32, T: u32, stride: u32, first: u32,
  scale: f32,
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read_write> scores: array<f32>;
@group(0) @binding(2) var<storage, read_write> dp: array<f32>;
@group(0) @binding(3) var<storage, read_write> logSums: array<f32>;

override DROPOUT: bool = false;
override GRADIENT: bool = false;

fn mask(index: u32) -> f32 {
  if (!DROPOUT) { return 1.0; }
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  return dropoutElement(index, site, p.dropThreshold, p.dropKeep);
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let row = (group.x + group.y * groups.x) * 64u + local;
  if (row >= p.rows) { return; }
  let t = row % p.T;
  let at = row * p.stride;
  let maskAt = (p.first + row) * p.T;

  if (GRADIENT) {
    let logSum = logSums[p.first + row];
    var rowDot = 0.0;
    for (var j = 0u; j <= t; j++) {
      let probability = exp(min(scores[at + j] * p.scale - logSum, 0.0));
      rowDot += probability * mask(maskAt + j) * dp[at + j];
    }
    for (var j = 0u; j < p.stride; j++) {
      var weight = 0.0;
      var ds = 0.0;
      if (j <= t) {
        let probability = exp(min(scores[at + j] * p.scale - logSum, 0.0));
        weight = probability * mask(maskAt + j);
        ds = (weight * dp[at + j] - probability * rowDot) * p.scale;
      }
      scores[at + j] = weight;
      dp[at + j] = ds;
    }
  } else {
    var top = -1e30;
    for (var j = 0u; j <= t; j++) { top = max(top, scores[at + j] * p.scale); }
    var total = 0.0;
    for (var j = 0u; j <= t; j++) {
      let weight = exp(scores[at + j] * p.scale - top);
      total += weight;
      scores[at + j] = weight * mask(maskAt + j);
    }
    for (var j = 0u; j < p.stride; j++) {
      scores[at + j] = select(0.0, scores[at + j] / total, j <= t);
    }
    logSums[p.first + row] = top + log(total);
  }
}
