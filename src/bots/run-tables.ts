/** Runs as two tables in CSV: one with a line for each run, and one with a line for each step. */

import Papa from 'papaparse';
import { bitsPerByte } from '../domain/bits-per-byte.ts';
import { learnedShares } from '../domain/learned-share.ts';
import type { RunFile } from './run-file.ts';

type Cell = string | number | boolean | null;

/**
 * The settings and results of each run. Nested fields are named `recipe.learningRate`. A setting that only
 * some of the runs have is empty in the others.
 */
export function runsTable(runs: readonly RunFile[]): string {
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  const rows = runs.map(
    ({ points, samples, checkpoints, quizzes, format: _format, ...settings }) => {
      const last = points.findLast(({ validationLoss }) => validationLoss !== undefined);
      const losses = points.flatMap(({ validationLoss }) => validationLoss ?? []);
      const lowest = losses.length === 0 ? null : Math.min(...losses);
      return {
        ...flatten(settings),
        lastLoss: points.at(-1)?.loss ?? null,
        lastValidationLoss: last?.validationLoss ?? null,
        lowestValidationLoss: lowest,
        lowestBitsPerByte: lowest === null ? null : (bitsPerByte(points, lowest) ?? null),
        samples: samples.length,
        lastLearnedShare: learnedShares(samples).at(-1)?.share ?? null,
        checkpoints: checkpoints.length,
        quizPairs: sum(quizzes.map(({ pairs }) => pairs)),
        quizRight: sum(quizzes.map(({ right }) => right)),
      };
    },
  );
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return toCsv(columns, rows);
}

/** The metrics of each step of each run. */
export function metricsTable(runs: readonly RunFile[]): string {
  const rows = runs.flatMap(({ id, name, points }) =>
    points.map((point) => ({
      run_id: id,
      run: name,
      step: point.step,
      epoch: point.epoch,
      loss: point.loss,
      validation_loss: point.validationLoss ?? null,
      validation_perplexity:
        point.validationLoss === undefined ? null : Math.exp(point.validationLoss),
      validation_bits_per_byte: point.bitsPerByte ?? null,
      learning_rate: point.learningRate,
      gradient_norm: point.gradientNorm ?? null,
      is_skipped: point.isSkipped ?? false,
      tokens_per_second: point.tokensPerSecond ?? null,
      time: point.atMs === undefined ? null : new Date(point.atMs).toISOString(),
    })),
  );
  const losses = ['loss', 'validation_loss', 'validation_perplexity', 'validation_bits_per_byte'];
  const rest = ['learning_rate', 'gradient_norm', 'is_skipped', 'tokens_per_second', 'time'];
  return toCsv(['run_id', 'run', 'step', 'epoch', ...losses, ...rest], rows);
}

/** Names in a run that somebody else made must not become formulas in a spreadsheet; `@name` is none. */
const FORMULA = /^[=+\-\t\r]|^@(?!\w+$)/;

function toCsv(columns: string[], rows: readonly Readonly<Record<string, Cell>>[]): string {
  const data = rows.map((row) => columns.map((column) => row[column] ?? null));
  return `${Papa.unparse({ fields: columns, data }, { escapeFormulae: FORMULA })}\r\n`;
}

/** The leaves of nested objects, by their path. An array is one leaf, as JSON. */
function flatten(value: object, prefix = ''): Readonly<Record<string, Cell>> {
  const flat: Record<string, Cell> = {};
  for (const [key, inner] of Object.entries(value)) {
    const name = `${prefix}${key}`;
    if (Array.isArray(inner)) flat[name] = JSON.stringify(inner);
    else if (typeof inner === 'object' && inner !== null)
      Object.assign(flat, flatten(inner, `${name}.`));
    else flat[name] = inner ?? null;
  }
  return flat;
}
