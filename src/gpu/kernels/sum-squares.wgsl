// kernel sum squares
//
// Partial sums of squares: workgroup g writes the sum over its 16,384 elements of x to partials[first + g].
//
// Bindings: 1 x [size], 2 partials.

struct Params { size: u32, first: u32 }

@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> partials: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let chunk = group.x + group.y * groups.x;
  let begin = chunk * 4096u;
  let end = min(begin + 4096u, (p.size + 3u) / 4u);
  var sum = 0.0;
  for (var i = begin + local; i < end; i += 64u) {
    let inside = vec4u(0u, 1u, 2u, 3u) + 4u * i < vec4u(p.size);
    let value = select(vec4f(0.0), x[i], inside);
    sum += dot(value, value);
  }
  let total = rowSum(vec2f(sum, 0.0), local).x;
  if (local == 0u && begin < end) { partials[p.first + chunk] = total; }
}
