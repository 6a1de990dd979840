// Stands behind kernels that do the same for each index: one invocation for each, 64 to a workgroup. Their function
// `each` ignores indices past the end, since the last workgroup has more.

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  each((group.x + group.y * groups.x) * 64u + local);
}
