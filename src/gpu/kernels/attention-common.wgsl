// Causal multi-head attention: bindings of the parameters and what the three kernels share.
// Goes after random.wgsl and two constants, before the buffers (kernels.ts declares them: read<Name>(at,
// d) reads quad d of the head that starts at element `at`):
//   headQuads   vec4s a head, D rounded up to four
//   rowsEach    query (or key) rows an invocation owns: every row it loads feeds that many products
//
// Nothing of size T² is stored: the forward pass keeps the log of each row's sum of exponentials, the
// backward pass recomputes the probabilities from it. Dropout acts on the probabilities; element
// [b, h, t, j] of the mask has the index of a [B·H, T, T] array.
//
// Variables in loops are zeroed explicitly: on Dawn (npm webgpu 0.6.2) with lavapipe a `var` without a
// value keeps the last iteration's, against the specification.
//
// Letters: qkv [N, 3C], one row a token, q then k then v; head h is columns h·D … of each.

struct Params {
  B: u32, T: u32, H: u32, D: u32,
  scale: f32,
  dropThreshold: u32, dropSite: u32, dropMicroStep: u32, dropSeed: u32, dropKeep: f32,
}

@group(0) @binding(0) var<uniform> p: Params;

override DROPOUT: bool = false;
alias Row = array<vec4f, headQuads>;

struct Place {
  head: u32,      // b · H + h
  row: u32,       // the first of this invocation's rows t
  sequence: u32,  // row of qkv where the sequence starts
  column: u32,    // h · D
}

fn placeOf(index: u32) -> Place {
  let blocks = (p.T + rowsEach - 1u) / rowsEach;
  var place: Place;
  place.head = index / blocks;
  place.row = (index % blocks) * rowsEach;
  place.sequence = (place.head / p.H) * p.T;
  place.column = (place.head % p.H) * p.D;
  return place;
}

fn invocations() -> u32 {
  return p.B * p.H * ((p.T + rowsEach - 1u) / rowsEach);
}

// Where a row of q (part 0), k (1) or v (2) starts in qkv; rows past the end give the last one.
fn qkvAt(place: Place, t: u32, part: u32) -> u32 {
  let C = p.H * p.D;
  return (place.sequence + min(t, p.T - 1u)) * 3u * C + part * C + place.column;
}

// The same in [N, C].
fn outAt(place: Place, t: u32) -> u32 {
  return (place.sequence + min(t, p.T - 1u)) * p.H * p.D + place.column;
}

fn attentionMask(place: Place, t: u32, j: u32) -> f32 {
  if (!DROPOUT) { return 1.0; }
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  return dropoutElement((place.head * p.T + t) * p.T + j, site, p.dropThreshold, p.dropKeep);
}
