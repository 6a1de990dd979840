/**
 * Opens the folder that transformers' Trainer has saved (as it also logs it to the Hub and to W&B), and compares its
 * weights and tokens with ours: `tsx check-further.ts OUT`, after `check_optimizer.py OUT`.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { openParameters, readDescription } from '../../src/bots/read-model.ts';
import { must } from '../../src/core/assert.ts';
import { hubName } from '../../src/model/find-parameters.ts';
import { openSafetensors } from '../../src/model/safetensors.ts';
import { readPieces, type TensorSource } from '../../src/model/tensor-source.ts';
import { fileReader } from '../parity/safetensors-file.ts';
import { check, close } from './report.mjs';

const TOLERANCE = 1e-4;
const out = must(process.argv[2], 'the folder of the exports');

const filesOf = (folder: string) =>
  new Map(readdirSync(folder).map((name) => [name, fileReader(`${folder}/${name}`)] as const));

async function valuesOf(source: TensorSource): Promise<number[]> {
  const values: number[] = [];
  for await (const piece of readPieces(source))
    for (const value of piece.values) values.push(value);
  return values;
}

async function main(): Promise<void> {
  const saved = filesOf(`${out}/model/further`);
  const { config, tokenizer } = await readDescription(saved);
  const { parameters } = await openParameters(saved, config);
  const ours = await openSafetensors(fileReader(`${out}/ours.safetensors`), 'ours');
  let worst = 0;
  for (const [name, source] of parameters) {
    const expected = await valuesOf(must(ours.get(hubName(name)), name));
    for (const [i, value] of (await valuesOf(source)).entries()) {
      worst = Math.max(worst, Math.abs(value - (expected[i] ?? Number.NaN)));
    }
  }
  const isSame = parameters.size === ours.size && worst <= TOLERANCE;
  check(
    'what Trainer has saved opens here with the weights that we have',
    isSame,
    worst.toExponential(1),
  );
  const base = await readDescription(filesOf(`${out}/base`));
  const texts = readFileSync(`${out}/model/tweets.jsonl`, 'utf8').trim().split('\n');
  const same = texts.every(
    (text) => tokenizer.encode(text).join() === base.tokenizer.encode(text).join(),
  );
  check('and with the same tokens', same && tokenizer.endOfText === base.tokenizer.endOfText);
}

void main().then(close, (error: unknown) => {
  console.error(error);
  process.exit(1);
});
