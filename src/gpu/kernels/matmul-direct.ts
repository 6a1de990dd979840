/**
 * Writes the WGSL of a matrix product for hardware whose loop needs no workgroup memory: each invocation reads the
 * rows of A and the columns of B that it multiplies, and its neighbours find them in the cache.
 *
 * An invocation keeps its part of C in variables of its own, as in matmul-tiles.ts, and takes four k in a round.
 * Both operands are read in vec4s, along k or along their rows or columns, however they are stored.
 *
 * The text goes behind matmul-common.wgsl and matmul-vec4.wgsl.
 */

import {
  columnAt,
  eachSum,
  lowRankElements,
  mainStart,
  rowAt,
  scaleLowRank,
  sumNames,
  type TileVariant,
} from './product-text.ts';
import type { TileShape } from './tile-shapes.ts';
import { COMPONENTS, loop, times } from './unroll.ts';

/** k of a round. */
const ROUND = 4;

/** The `main` of a product. */
export function matmulDirectText(shape: TileShape, variant: TileVariant): string {
  const { lanesX, lanesY, rows, columns } = shape;
  const { isTransposedA, isTransposedB, hasColumnSums, lowRank } = variant;
  const rowQuads = rows / 4;
  const columnQuads = columns / 4;
  const lanes = lanesX * lanesY;

  // What is read in a round: a quad of four k for each row or column, or for each k a quad of rows or columns.
  const quadsA = isTransposedA ? ROUND * rowQuads : rows;
  const quadsB = isTransposedB ? columns : ROUND * columnQuads;
  const placeA = isTransposedA
    ? '  var atA = (offsets.a + begin * p.lda + m) / 4u;'
    : times(
        rows,
        (r) =>
          `  let atA${r} = (offsets.a + min(m + ${rowAt(shape, r)}u, p.M - 1u) * p.lda + begin) / 4u;`,
      );
  const placeB = isTransposedB
    ? times(
        columns,
        (c) =>
          `  let atB${c} = (offsets.b + min(n + ${columnAt(shape, c)}u, p.N - 1u) * p.ldb + begin) / 4u;`,
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
    eachSum(
      shape,
      (sum, r, q) => `      ${sum} = fma(vec4f(${left(k, r)}), ${right(k, q)}, ${sum});`,
    ),
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
${eachSum(shape, (sum, r, q) => `      ${sum} = fma(vec4f(x${r}), y${q}, ${sum});`)}`;

  const sums = sumNames(shape);
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
${mainStart(shape)}
  if (tileIndex >= p.endTile) { return; }
  let end = max(begin, min(p.K, begin + p.kPerSplit));
  let rounds = (end - begin) / ${ROUND}u;
  let rest = (end - begin) % ${ROUND}u;
  let strideA = p.lda / 4u;
  let strideB = p.ldb / 4u;
${placeA}
${placeB}
${eachSum(shape, (sum) => `  var ${sum}: vec4f;`)}
${lowRankText(shape, variant)}
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
    var sum = ${sums[0]};
${sums
  .slice(1)
  .map((name, at) => `    sum = select(sum, ${name}, i == ${at + 1}u);`)
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
function lowRankText(shape: TileShape, variant: TileVariant): string {
  if (variant.lowRank === 'none') return '';
  const factor = (q: number) =>
    `vec4f(${[0, 1, 2, 3].map((c) => `factorElement(k, n + ${columnAt(shape, 4 * q + c)}u)`).join(', ')})`;
  return `  if (offsets.split == 0u) {
    let rank = p.rank;
    ${loop(
      'k',
      'rank',
      `${times(shape.rows, (r) => `      let low${r} = lowElement(k, m + ${rowAt(shape, r)}u);`)}
${times(shape.columns / 4, (q) => `      let factor${q} = ${factor(q)};`)}
${eachSum(shape, (sum, r, q) => `      ${sum} = fma(vec4f(low${r}), factor${q}, ${sum});`)}`,
    )}
${scaleLowRank(shape, variant)}
  }`;
}
