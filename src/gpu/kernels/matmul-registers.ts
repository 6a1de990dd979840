/**
 * Writes the WGSL of the matrix product for software adapters (kernels matmul registers and matmul subgroup).
 *
 * One invocation computes an 8 × 8 block of C in registers, without workgroup memory (on a CPU that would be
 * one more copy). Every load of four elements is used for 32 multiply-adds, whichever operand is transposed.
 * A workgroup of 8 × 8 invocations computes 64 × 64 elements of C. Measured on lavapipe and two Xeon cores:
 * blocks of 8 × 8 reached 6.5 GFLOPS, 4 × 4 5.3, 4 × 8 4.5, 16 × 8 5.9.
 *
 * Everything that would be an array or a short loop is unrolled in the text: SwiftShader keeps arrays in
 * memory and reads them element by element, which made products four times as slow.
 *
 * In the kernel matmul subgroup, the eight invocations of a subgroup need the same rows of A. Each reads one,
 * and they exchange them by shuffles. On lavapipe, which executes the reads of invocations one after the other,
 * products become two to three times as fast: 16.8 GFLOPS instead of 5.8 (1024³, two EPYC cores, one run). This
 * assumes that the invocations of a subgroup are consecutive, as they are on software adapters. WGSL doesn't
 * guarantee it, but the self-test would notice a violation.
 *
 * Invocations at the edges read rows of the matrix twice, or read past the end of a row; invocations beyond the
 * last column run because their subgroup needs them. `storeResult` discards their results.
 *
 * The text goes behind matmul-common.wgsl and matmul-vec4.wgsl.
 */

import { COMPONENTS, times } from './unroll.ts';

/** The component of four vectors from `first` on, as a vector. */
function turned(name: string, first: number, component: string): string {
  return `vec4f(${[0, 1, 2, 3].map((i) => `${name}${first + i}.${component}`).join(', ')})`;
}

/** Where load i of A and of B starts; an operand is read along k, or across it for two values of k at a time. */
const startOfA = (i: string) => `select(
    offsets.a + min(m + ${i}, p.M - 1u) * p.lda + begin,
    offsets.a + (begin + ${i} / 2u) * p.lda + m + 4u * (${i} % 2u),
    TRANS_A)`;
const startOfB = (i: string) => `select(
    offsets.b + (begin + ${i} / 2u) * p.ldb + n + 4u * (${i} % 2u),
    offsets.b + min(n + ${i}, p.N - 1u) * p.ldb + begin,
    TRANS_B)`;

/** Sets what load i has read past the end of the sum to zero. */
function mask(i: number): string {
  const whole = `select(0u, 4u, k + ${Math.floor(i / 2)}u < end)`;
  return `      x${i} = keepFirst(x${i}, select(end - k, ${whole}, TRANS_A));
      y${i} = keepFirst(y${i}, select(${whole}, end - k, TRANS_B));`;
}

/** The multiply-adds for k + j. */
function multiply(j: number): string {
  const component = COMPONENTS[j] ?? '';
  const factor = (i: number) => `${i < 4 ? 'upper' : 'lower'}${j}.${COMPONENTS[i % 4]}`;
  return `    var upper${j} = x${2 * j};
    var lower${j} = x${2 * j + 1};
    if (!TRANS_A) {
      upper${j} = ${turned('x', 0, component)};
      lower${j} = ${turned('x', 4, component)};
    }
    var left${j} = y${2 * j};
    var right${j} = y${2 * j + 1};
    if (TRANS_B) {
      left${j} = ${turned('y', 0, component)};
      right${j} = ${turned('y', 4, component)};
    }
${times(8, (i) => `    left_sum${i} += ${factor(i)} * left${j};\n    right_sum${i} += ${factor(i)} * right${j};`)}`;
}

/** @param isShared Whether the invocations of a subgroup exchange rows of A; needs subgroups of eight. */
export function matmulRegistersText(isShared: boolean): string {
  const declareA = isShared
    ? `  var atA = ${startOfA('lane')};`
    : times(8, (i) => `  var atA${i} = ${startOfA(`${i}u`)};`);
  const readA = isShared
    ? `    let own = readA(atA);
    atA += stepA;
${times(8, (i) => `    var x${i} = subgroupShuffle(own, ${i}u);`)}`
    : times(8, (i) => `    var x${i} = readA(atA${i});\n    atA${i} += stepA;`);
  return `
// Parts that are known to be zero or are not needed (causal attention): with 1, C above the diagonal is
// left as it is; with 2, A is zero above its diagonal; with 3, the transposed A is.
override TRIANGLE: u32 = 0;

@compute @workgroup_size(8, 8)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let tile = p.firstTile + group.x + group.y * groups.x;
  if (tile >= p.endTile) { return; }
  let lane = local.x;
  let m = (tile / p.tilesN) * 64u + local.y * 8u;
  let n = (tile % p.tilesN) * 64u + lane * 8u;
  let firstN = n - 8u * ${isShared ? 'lane' : '0u'}; // of the whole subgroup, whose invocations must return together
  if (m >= p.M || firstN >= p.N) { return; }
  if (TRIANGLE == 1u && firstN > m + 7u) { return; }
  let offsets = offsetsAt(group.z);
  var begin = offsets.split * p.kPerSplit;
  var end = min(p.K, begin + p.kPerSplit);
  if (TRIANGLE == 2u) { end = min(end, m + 8u); }
  if (TRIANGLE == 3u) { begin = m; }

${declareA}
${times(8, (i) => `  var atB${i} = ${startOfB(`${i}u`)};`)}
  let stepA = select(4u, 4u * p.lda, TRANS_A);
  let stepB = select(4u * p.ldb, 4u, TRANS_B);

${times(8, (i) => `  var left_sum${i}: vec4f;\n  var right_sum${i}: vec4f;`)}
  for (var k = begin; k < end; k += 4u) {
${readA}
${times(8, (i) => `    var y${i} = readB(atB${i});\n    atB${i} += stepB;`)}
    if (k + 4u > end) {
${times(8, mask)}
    }
${times(4, multiply)}
  }
  // An array that is indexed at run time gives the program one epilogue instead of sixteen, which would
  // take the compiler of a software adapter seconds.
  var results: array<vec4f, 16>;
${times(8, (i) => `  results[${2 * i}] = left_sum${i};\n  results[${2 * i + 1}] = right_sum${i};`)}
  let isNeeded = TRIANGLE != 1u || n <= m + 7u;
  let count = select(0u, 2u * min(8u, p.M - m), isNeeded);
  for (var i = 0u; i < count; i++) {
    storeResult(m + i / 2u, n + 4u * (i % 2u), offsets.c, results[i]);
  }

  if (COLUMN_SUMS && m == 0u) {
    var left: vec4f;
    var right: vec4f;
    for (var k = begin; k < end; k++) {
      let row = offsets.b + k * p.ldb;
      left += readB(row + n);
      right += readB(row + n + 4u);
    }
    storeColumnSums(n, offsets.split, left);
    storeColumnSums(n + 4u, offsets.split, right);
  }
}
`;
}
