/**
 * Chooses the shapes of tile for matrix products by timing them on the card.
 *
 * What is timed are the three kinds of product of one linear layer of the model, from C to 4C channels. How
 * much work that is gets limited before it begins: by the time that a small product has taken, only so many
 * dispatches are timed that all of them together stay below {@link TUNING_MS}. On a card where that is too
 * little to compare anything, the defaults stay.
 */

import { GpuContext } from '../gpu/context.ts';
import type { Program } from '../gpu/kernel.ts';
import {
  defaultTiles,
  PRODUCT_KINDS,
  type ProductKind,
  sameTiles,
  shapeName,
  shapesFor,
  type TileNames,
  tileNames,
  type TileShape,
} from '../gpu/kernels/tile-shapes.ts';
import { paperDevice } from '../gpu/paper.ts';
import type { GpuTensor } from '../gpu/tensor.ts';
import { type Epilogue, whole } from './webgpu-product.ts';
import type { TunedModel, TuningResult } from './device.ts';
import { matmul } from './webgpu-matmul.ts';

/** What all timed dispatches together may take, in milliseconds. */
export const TUNING_MS = 2000;
/** A measurement should take this long, since some browsers' clocks are coarse. */
const MEASURED_MS = 25;
const MAX_REPEATS = 64;
/** Rows of the product with which the card's speed is estimated. */
const PROBE_ROWS = 64;
/** A shape that is faster by less than this may be so by chance. */
const WORTHWHILE = 0.97;

interface Operands {
  /** [rows, C], [rows, 4C], [C, 4C] and [4C], with undefined contents. */
  readonly x: GpuTensor;
  readonly y: GpuTensor;
  readonly w: GpuTensor;
  readonly sums: GpuTensor;
}

function operandsOf(gpu: GpuContext, C: number, rows: number): Operands {
  return {
    x: gpu.empty([rows, C]),
    y: gpu.empty([rows, 4 * C]),
    w: gpu.empty([C, 4 * C]),
    sums: gpu.empty([4 * C]),
  };
}

/** One product of this kind, of the operands' first `rows` rows. */
function product(
  gpu: GpuContext,
  kind: ProductKind,
  { x, y, w, sums }: Operands,
  rows: number,
): void {
  const [, C = 0] = x.shape;
  const wide = 4 * C;
  const of = (M: number, N: number, K: number, a: GpuTensor, b: GpuTensor, c: GpuTensor) => {
    const epilogue: Epilogue = kind === 'transposedA' ? { columnSums: sums } : {};
    const isTransposed = { a: kind === 'transposedA', b: kind === 'transposedB' };
    const [from, by, to] = [whole(a, isTransposed.a), whole(b, isTransposed.b), whole(c)];
    matmul(gpu, { M, N, K, a: from, b: by, c: to, epilogue });
  };
  if (kind === 'plain') of(rows, wide, C, x, w, y);
  else if (kind === 'transposedB') of(rows, C, wide, y, w, x);
  else of(C, wide, rows, x, y, w);
}

/** Everything that is dispatched with these shapes. */
function programsOf(gpu: GpuContext, C: number, rows: number): readonly Program[] {
  const onPaper = new GpuContext(paperDevice(gpu.device.limits), { isSoftware: false });
  const operands = operandsOf(onPaper, C, rows);
  for (const shape of shapesFor(gpu.device)) {
    onPaper.useTiles(sameTiles(shape));
    for (const kind of PRODUCT_KINDS) {
      for (const count of [PROBE_ROWS, rows]) product(onPaper, kind, operands, count);
    }
  }
  const { programs } = onPaper;
  onPaper.dispose();
  return programs;
}

/**
 * The fastest shape for each kind of product. The shapes in use stay what they are.
 *
 * @param now Milliseconds.
 * @throws What the device says of a kernel that it can't compile, and what reading throws.
 */
export async function tuneTiles(
  gpu: GpuContext,
  { channels: C, tokens }: TunedModel,
  now: () => number,
): Promise<TuningResult> {
  const before = gpu.tiles;
  const rows = Math.max(PROBE_ROWS, tokens);
  const defaults = defaultTiles(gpu.device);
  const winners: Record<ProductKind, TileShape> = { ...defaults };
  await gpu.compile(programsOf(gpu, C, rows), () => {});
  const operands = operandsOf(gpu, C, rows);
  let dispatches = 0;
  let timedMs = 0;
  /** Milliseconds of one product, as the mean of several. */
  const time = async (kind: ProductKind, shape: TileShape, repeats: number, of = rows) => {
    gpu.useTiles(sameTiles(shape));
    await gpu.finish();
    const startedMs = now();
    for (let i = 0; i < repeats; i++) product(gpu, kind, operands, of);
    await gpu.finish();
    const ms = now() - startedMs;
    dispatches += repeats;
    timedMs += ms;
    return ms / repeats;
  };
  try {
    for (const [index, kind] of PRODUCT_KINDS.entries()) {
      const untilMs = (TUNING_MS * (index + 1)) / PRODUCT_KINDS.length;
      const usual = defaults[kind];
      await time(kind, usual, 1, PROBE_ROWS); // drivers finish what they have compiled
      const eachMs = (await time(kind, usual, 1, PROBE_ROWS)) * (rows / PROBE_ROWS);
      const repeats = Math.max(1, Math.min(MAX_REPEATS, Math.ceil(MEASURED_MS / eachMs)));
      // Room for a shape that takes twice as long, and for the one dispatch that shows it.
      const hasRoom = () => timedMs + 2 * (repeats + 1) * eachMs <= untilMs;
      if (!hasRoom()) continue;
      let best = await time(kind, usual, repeats);
      for (const shape of shapesFor(gpu.device)) {
        if (shapeName(shape) === shapeName(usual)) continue;
        if (!hasRoom()) break;
        if ((await time(kind, shape, 1)) > 2 * best + 1) continue;
        const ms = await time(kind, shape, repeats);
        if (ms > WORTHWHILE * best) continue;
        best = ms;
        winners[kind] = shape;
      }
    }
  } finally {
    gpu.useTiles(before);
    for (const tensor of Object.values(operands)) tensor.dispose();
    gpu.trim();
  }
  const shapes: TileNames = tileNames(winners);
  return { shapes, dispatches, timedMs };
}
