// kernel attention rows [DROPOUT] [GRADIENT] [DOCUMENTS]
//
// The softmax between the two matrix products of attention, for adapters where attention runs as
// batched matmuls (the same division of work as in llm.c's `llmc/attention.cuh`). Each invocation handles
// one row t of one head: columns j ≤ t, with DOCUMENTS from the first of the row's document on. It sets the
// rest of the row to zero.
//
// Forward: replaces the scores s by dropout(softmax(s · scale)), and keeps the logarithm of each row's sum
// of exponentials.
// GRADIENT: replaces the scores s by the probabilities after dropout, and dp = dy · vᵀ by ds · scale, where
// probability = e^(s · scale − logSum) and ds = probability (dp ∘ mask − Σ probability dp ∘ mask).
//
// Bindings: 1 scores [rows, stride], 2 dp [rows, stride] (not used forward), 3 logSums [B·H·T],
// 4 with DOCUMENTS where the document of each token begins and ends in its sequence [B·T].
// The first row is row `first` of [B·H·T]. attention-kernels.ts puts random.wgsl before this file.

struct Params {
  rows: u32, T: u32, stride: u32, first: u32,
  scale: f32,
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
  H: u32,
}

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read_write> scores: array<f32>;
@group(0) @binding(2) var<storage, read_write> dp: array<f32>;
@group(0) @binding(3) var<storage, read_write> logSums: array<f32>;
@group(0) @binding(4) var<storage, read> documents: array<vec2u>;

override DROPOUT: bool = false;
override GRADIENT: bool = false;
override DOCUMENTS: bool = false;

fn mask(index: u32) -> f32 {
  if (!DROPOUT) { return 1.0; }
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  return dropoutElement(index, site, p.dropThreshold, p.dropKeep);
}

// For every index (each.wgsl).
fn each(row: u32) {
  if (row >= p.rows) { return; }
  let t = row % p.T;
  let at = row * p.stride;
  let maskAt = (p.first + row) * p.T;
  var begin = 0u;
  if (DOCUMENTS) { begin = documents[(p.first + row) / (p.H * p.T) * p.T + t].x; }

  if (GRADIENT) {
    let logSum = logSums[p.first + row];
    var rowDot = 0.0;
    for (var j = begin; j <= t; j++) {
      let probability = exp(min(scores[at + j] * p.scale - logSum, 0.0));
      rowDot += probability * mask(maskAt + j) * dp[at + j];
    }
    for (var j = 0u; j < p.stride; j++) {
      var weight = 0.0;
      var ds = 0.0;
      if (j >= begin && j <= t) {
        let probability = exp(min(scores[at + j] * p.scale - logSum, 0.0));
        weight = probability * mask(maskAt + j);
        ds = (weight * dp[at + j] - probability * rowDot) * p.scale;
      }
      scores[at + j] = weight;
      dp[at + j] = ds;
    }
  } else {
    var maxScore = -1e30;
    for (var j = begin; j <= t; j++) { maxScore = max(maxScore, scores[at + j] * p.scale); }
    var sumExp = 0.0;
    for (var j = begin; j <= t; j++) {
      let weight = exp(scores[at + j] * p.scale - maxScore);
      sumExp += weight;
      scores[at + j] = weight * mask(maskAt + j);
    }
    for (var j = 0u; j < p.stride; j++) {
      scores[at + j] = select(0.0, scores[at + j] / sumExp, j >= begin && j <= t);
    }
    logSums[p.first + row] = maxScore + log(sumExp);
  }
}
