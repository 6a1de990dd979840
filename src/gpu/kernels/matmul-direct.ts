/**
 * Writes the WGSL of a matrix product for hardware whose loop needs no workgroup memory: each invocation reads the
 * rows of A and the columns of B that it multiplies, and its neighbours find them in the cache.
 *
 * An invocation keeps its part of C in variables of its own, as in matmul-tiles.ts, and takes four k in a round.
 * Both operands are read in vec4s, along k or along their rows or columns, however they are stored.
 *
 * The text goes behind matmul-common.wgsl and matmul-vec4.wgsl.
 */

import { lowRankElements, type TileVariant } from './matmul-tiles.ts';
import { tileExtent, type TileShape } from './tile-shapes.ts';
import { COMPONENTS, loop, times } from './unroll.ts';

/** k of a round. */
const ROUND = 4;

/** The `main` of a product. */
export function matmulDirectText(shape: TileShape, variant: TileVariant): string {
  const { lanesX, lanesY, rows, columns } = shape;
  const { isTransposedA, isTransposedB, hasColumnSums, lowRank } = variant;
  const { M, N } = tileExtent(shape);
  const rowQuads = rows / 4;
  const columnQuads = columns / 4;
  const lanes = lanesX * lanesY;
  /** From an invocation's first row, or column, to its one with this number. */
  const rowAt = (r: number) => Math.floor(r / 4) * 4 * lanesY + (r % 4);
  const columnAt = (c: number) => Math.floor(c / 4) * 4 * lanesX + (c % 4);
  const each = (line: (row: number, quad: number) => string) =>
    times(rows, (r) => times(columnQuads, (q) => line(r, q)));

  // What is read in a round: a quad of four k for each row or column, or for each k a quad of rows or columns.
  const quadsA = isTransposedA ? ROUND * rowQuads : rows;
  const quadsB = isTransposedB ? columns : ROUND * columnQuads;
  const placeA = isTransposedA
    ? '  var atA = (offsets.a + begin * p.lda + m) / 4u;'
    : times(
        rows,
        (r) =>
          `  let atA${r} = (offsets.a + min(m + ${rowAt(r)}u, p.M - 1u) * p.lda + begin) / 4u;`,
      );
  const placeB = isTransposedB
    ? times(
        columns,
        (c) =>
          `  let atB${c} = (offsets.b + min(n + ${columnAt(c)}u, p.N - 1u) * p.ldb + begin) / 4u;`,
      )
    : '  var atB = (offsets.b + begin * p.ldb + n) / 4u;';
  const readA = times(quadsA, (i) =>
    isTransposedA
      ? `      let x${i} = vectorOfA(atA + ${Math.floor(i / rowQuads)}u * strideA + ${(i % rowQuads) * lanesY}u);`
      : `      let x${i} = vectorOfA(atA${i} + round);`,
  );
  const readB = times(quadsB, (i) =>
    isTransposedB
      ? `      let y${i} = vectorOfB(atB${i} + round);`
      : `      let y${i} = vectorOfB(atB + ${Math.floor(i / columnQuads)}u * strideB + ${(i % columnQuads) * lanesX}u);`,
  );
  const advance = [
    isTransposedA ? `      atA += ${ROUND}u * strideA;` : '',
    isTransposedB ? '' : `      atB += ${ROUND}u * strideB;`,
  ].join('\n');

  /** A[row, k] and the quad of B[k], as read in a round. */
  const left = (k: number, r: number) =>
    isTransposedA
      ? `x${k * rowQuads + Math.floor(r / 4)}.${COMPONENTS[r % 4]}`
      : `x${r}.${COMPONENTS[k]}`;
  const right = (k: number, q: number) =>
    isTransposedB
      ? `vec4f(${[0, 1, 2, 3].map((c) => `y${4 * q + c}.${COMPONENTS[k]}`).join(', ')})`
      : `y${k * columnQuads + q}`;
  const multiply = times(ROUND, (k) =>
    each((r, q) => `      sum${r}_${q} = fma(vec4f(${left(k, r)}), ${right(k, q)}, sum${r}_${q});`),
  );

  // What is left of K, a k at a time.
  const oneOfB = (c: number) => `vectorOfB(atB${c} + rounds)[k]`;
  const multiplyOne = `${times(rows, (r) =>
    isTransposedA
      ? `      let x${r} = vectorOfA(atA + k * strideA + ${Math.floor(r / 4) * lanesY}u).${COMPONENTS[r % 4]};`
      : `      let x${r} = vectorOfA(atA${r} + rounds)[k];`,
  )}
${times(columnQuads, (q) =>
  isTransposedB
    ? `      let y${q} = vec4f(${[0, 1, 2, 3].map((c) => oneOfB(4 * q + c)).join(', ')});`
    : `      let y${q} = vectorOfB(atB + k * strideB + ${q * lanesX}u);`,
)}
${each((r, q) => `      sum${r}_${q} = fma(vec4f(x${r}), y${q}, sum${r}_${q});`)}`;

  const sums = Array.from({ length: rows * columnQuads }, (_, i) => i);
  const nameOf = (i: number) => `sum${Math.floor(i / columnQuads)}_${i % columnQuads}`;
  const finishColumns = `
  if (m0 == 0u) {
${times(columnQuads, (q) => `    var column${q}: vec4f;`)}
    for (var k = begin + local.y; k < end; k += ${lanesY}u) {
      let at = (offsets.b + k * p.ldb + n) / 4u;
${times(columnQuads, (q) => `      column${q} += vectorOfB(at + ${q * lanesX}u);`)}
    }
${times(columnQuads, (q) => `    slices[index + ${q * lanes}u] = column${q};`)}
    workgroupBarrier();
    if (local.y == 0u) {
${times(columnQuads, (q) => {
  const slices = Array.from(
    { length: lanesY },
    (_, s) => `slices[index + ${q * lanes + s * lanesX}u]`,
  );
  return `      storeColumnSums(n + ${q * 4 * lanesX}u, offsets.split, ${slices.join(' + ')});`;
})}
    }
  }`;

  return `
${hasColumnSums ? `var<workgroup> slices: array<vec4f, ${columnQuads * lanes}>; // [quad][slice of k][lane]` : ''}
${lowRank === 'none' ? '' : lowRankElements(lowRank)}
@compute @workgroup_size(${lanesX}, ${lanesY})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let tileIndex = p.firstTile + group.x + group.y * groups.x;
  if (tileIndex >= p.endTile) { return; }
  let m0 = (tileIndex / p.tilesN) * ${M}u;
  let n0 = (tileIndex % p.tilesN) * ${N}u;
  let m = m0 + 4u * local.y;
  let n = n0 + 4u * local.x;
  let offsets = offsetsAt(group.z);
  let begin = offsets.split * p.kPerSplit;
  let end = max(begin, min(p.K, begin + p.kPerSplit));
  let rounds = (end - begin) / ${ROUND}u;
  let rest = (end - begin) % ${ROUND}u;
  let strideA = p.lda / 4u;
  let strideB = p.ldb / 4u;
${placeA}
${placeB}
${each((r, q) => `  var sum${r}_${q}: vec4f;`)}
${lowRankText(shape, variant, each)}
  ${loop(
    'round',
    'rounds',
    `${readA}
${readB}
${advance}
${multiply}`,
  )}
  ${loop('k', 'rest', multiplyOne)}
  // The epilogue stands in the text once, and no array is indexed: that would be in memory.
  for (var i = 0u; i < select(${sums.length}u, 0u, p.endTile == 0u); i++) {
    var sum = ${nameOf(0)};
${sums
  .slice(1)
  .map((i) => `    sum = select(sum, ${nameOf(i)}, i == ${i}u);`)
  .join('\n')}
    let row = i / ${columnQuads}u;
    storeResult(
      m + (row / 4u) * ${4 * lanesY}u + row % 4u,
      n + (i % ${columnQuads}u) * ${4 * lanesX}u,
      offsets.c,
      sum,
    );
  }
${hasColumnSums ? finishColumns : ''}
}
`;
}

/** The low-rank product, a k at a time. */
function lowRankText(
  { lanesX, lanesY, rows, columns }: TileShape,
  { lowRank, hasLowRankDropout }: TileVariant,
  each: (line: (row: number, quad: number) => string) => string,
): string {
  if (lowRank === 'none') return '';
  const rowAt = (r: number) => Math.floor(r / 4) * 4 * lanesY + (r % 4);
  const factor = (q: number) =>
    `vec4f(${[0, 1, 2, 3].map((c) => `factorElement(k, n + ${q * 4 * lanesX + c}u)`).join(', ')})`;
  const mask = (r: number, q: number) =>
    hasLowRankDropout ? ` * dropoutMask((m + ${rowAt(r)}u) * p.N + n + ${q * 4 * lanesX}u)` : '';
  return `  if (offsets.split == 0u) {
    let rank = p.rank;
    ${loop(
      'k',
      'rank',
      `${times(rows, (r) => `      let low${r} = lowElement(k, m + ${rowAt(r)}u);`)}
${times(columns / 4, (q) => `      let factor${q} = ${factor(q)};`)}
${each((r, q) => `      sum${r}_${q} = fma(vec4f(low${r}), factor${q}, sum${r}_${q});`)}`,
    )}
${each((r, q) => `    sum${r}_${q} *= p.lowRankScale${mask(r, q)};`)}
  }`;
}
