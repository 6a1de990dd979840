/**
 * Reads the adapters that PEFT has made, merges them into their base models as the page does when it opens one, and
 * compares the logits with PEFT's: `tsx check-adapters.ts OUT`.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { mergedSource } from '../../src/bots/merge-adapter.ts';
import { readAdapter, readAdapterConfig } from '../../src/bots/read-adapter.ts';
import { openParameters, readDescription } from '../../src/bots/read-model.ts';
import { safetensorsFile } from '../../src/bots/write-safetensors.ts';
import { must } from '../../src/core/assert.ts';
import { hubName } from '../../src/model/find-parameters.ts';
import { loadModel } from '../../src/model/load.ts';
import { openSafetensors } from '../../src/model/safetensors.ts';
import { readPieces } from '../../src/model/tensor-source.ts';
import { parameterShapes } from '../../src/model/weights.ts';
import { PortableOps } from '../../src/ops/portable.ts';
import { fileReader } from '../parity/safetensors-file.ts';
import { readerOf } from '../support/model-folder.ts';
import { tfjsOn } from '../support/node-backends.ts';
import { check, close } from './report.mjs';

const TOLERANCE = 1e-4;
const out = must(process.argv[2], 'the folder of the exports');

function folderFiles(folder: string) {
  return new Map(readdirSync(folder).map((name) => [name, fileReader(`${folder}/${name}`)]));
}

async function distance(ops: PortableOps, subject: string, kind: string): Promise<number> {
  const baseFiles = folderFiles(`${out}/${subject}/base`);
  const { config } = await readDescription(baseFiles);
  const { parameters } = await openParameters(baseFiles, config);
  const files = folderFiles(`${out}/${subject}/${kind}`);
  const adapter = await readAdapterConfig(files);
  const values = await readAdapter(files, adapter, config);
  const base = {
    shapes: parameterShapes(config),
    async *read(name: string) {
      for await (const piece of readPieces(must(parameters.get(name), name))) yield piece.values;
    },
  };
  const merged = mergedSource(config, base, { ...adapter, dropout: 0, targets: [] }, values);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of safetensorsFile(merged, 'F32', hubName).content) pieces.push(piece);
  const weights = readerOf(new Uint8Array(await new Blob(pieces).arrayBuffer()));
  const mergedFiles = new Map([['model.safetensors', weights]]);
  const model = await loadModel(ops, config, await openParameters(mergedFiles, config));
  const { greedy } = JSON.parse(readFileSync(`${out}/${subject}/ours.json`, 'utf8')) as {
    readonly greedy: readonly number[];
  };
  const logits = model.logits({ ids: Int32Array.from(greedy), B: 1, T: greedy.length });
  const ours = await ops.read(logits);
  logits.dispose();
  model.dispose();
  const tensors = await openSafetensors(must(files.get('logits.safetensors'), 'theirs'), 'theirs');
  let [at, worst] = [0, 0];
  for await (const piece of readPieces(must(tensors.get('logits'), 'logits'))) {
    for (const x of piece.values) worst = Math.max(worst, Math.abs(x - (ours[at++] ?? NaN)));
  }
  return at === ours.length ? worst : Number.NaN;
}

async function main(): Promise<void> {
  await tfjsOn('wasm', null);
  const ops = new PortableOps();
  let compared = 0;
  for (const subject of readdirSync(out).sort()) {
    const kinds = readdirSync(`${out}/${subject}`).filter((name) => name.startsWith('peft-'));
    for (const kind of kinds) {
      const worst = await distance(ops, subject, kind);
      const name = `${subject}, ${kind}: merged here, it has PEFT’s logits`;
      check(name, worst <= TOLERANCE, worst.toExponential(1));
      compared++;
    }
  }
  if (compared === 0) throw new Error('there are no adapters');
}

void main().then(close, (error: unknown) => {
  console.error(error);
  process.exit(1);
});
