// Memory access for a matmul whose strides and offsets are multiples of four elements, and whose N is a
// multiple of four or whose rows of C are padded to one.

@group(0) @binding(1) var<storage, read> a: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> c: array<vec4f>;
@group(0) @binding(4) var<storage, read> bias: array<vec4f>;
@group(0) @binding(5) var<storage, read> extra: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> activationBuffer: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> columnSums: array<vec4f>;

fn vectorOfA(i: u32) -> vec4f { return a[i]; }
fn readA(at: u32) -> vec4f { return vectorOfA(at / 4u); }
fn readC(at: u32) -> vec4f { return c[at / 4u]; }
fn readBias(n: u32) -> vec4f { return bias[n / 4u]; }
fn readExtra(at: u32) -> vec4f { return extra[at / 4u]; }
fn readLow(at: u32) -> f32 { return columnSums[at / 4u][at % 4u]; }
fn readColumnSums(at: u32) -> vec4f { return columnSums[at / 4u]; }
fn writeC(at: u32, n: u32, y: vec4f) { c[at / 4u] = y; }
fn writeActivation(at: u32, n: u32, y: vec4f) { activationBuffer[at / 4u] = y; }
fn writeColumnSums(at: u32, n: u32, y: vec4f) { columnSums[at / 4u] = y; }

fn dropoutMask(index: u32) -> vec4f {
  let site = vec3u(p.dropSite, p.dropMicroStep, p.dropSeed);
  return dropoutQuad(index / 4u, site, p.dropThreshold, p.dropKeep);
}
