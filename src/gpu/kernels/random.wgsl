// Shared by kernels with dropout or sampling: counter-based random numbers, the same bits as those of
// core/random.ts.
//
// pcg4d of Jarzynski & Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020. Element i of a dropout
// mask takes component i mod 4 of hash number i div 4; it is kept where that is at least the threshold.

fn pcg4d(counter: vec4u) -> vec4u {
  var v = counter * 1664525u + 1013904223u;
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  v ^= v >> vec4u(16u);
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  return v;
}

// The hash for the elements 4 * quad … 4 * quad + 3. `site` holds (site, micro-step, seed).
fn dropoutHash(quad: u32, site: vec3u) -> vec4u {
  return pcg4d(vec4u(quad, site.x, site.y, site.z));
}

// The mask of the four elements of a quad: 0 where dropped, else `keep`, which is 1 / (1 − rate).
fn dropoutQuad(quad: u32, site: vec3u, threshold: u32, keep: f32) -> vec4f {
  return select(vec4f(0.0), vec4f(keep), dropoutHash(quad, site) >= vec4u(threshold));
}

fn dropoutElement(index: u32, site: vec3u, threshold: u32, keep: f32) -> f32 {
  return select(0.0, keep, dropoutHash(index / 4u, site)[index % 4u] >= threshold);
}
