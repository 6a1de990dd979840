/** Opens the weights of a model folder, which can be in several kinds of files. */

import { mynahError } from '../core/errors.ts';
import { objectOf, otherwise, parseString, recordOf } from '../core/parse.ts';
import { type ByteReader, openSafetensors } from '../model/safetensors.ts';
import type { TensorSource } from '../model/tensor-source.ts';
import { type ModelFiles, parseJson, readText } from './model-files.ts';
import { openPyTorch } from './pytorch-file.ts';

/** The formats in order of preference. Each can be one file, or several files with an index. */
const FORMATS = [
  { file: 'model.safetensors', open: openSafetensors },
  { file: 'pytorch_model.bin', open: openPyTorch },
] as const;

/**
 * Returns the tensors by name in the order of the files, of which only the headers are read. Throws
 * `model-file-missing`, `unsupported` for a kind of file that we can't read, `model-corrupt` naming the
 * file and the tensor.
 */
export async function openWeights(files: ModelFiles): Promise<ReadonlyMap<string, TensorSource>> {
  for (const { file, open } of FORMATS) {
    const single = files.get(file);
    if (single !== undefined) return openFile(single, file, open);
    const index = await readText(files, `${file}.index.json`);
    if (index !== null) return openShards(files, index, `${file}.index.json`, open);
  }
  const [{ file }, ...others] = FORMATS;
  throw mynahError('model-file-missing', { file, alternatives: others.map((each) => each.file) });
}

type Open = (typeof FORMATS)[number]['open'];

async function openFile(
  reader: ByteReader,
  file: string,
  open: Open,
): Promise<ReadonlyMap<string, TensorSource>> {
  const pointer = 'version https://git-lfs';
  const head = await reader.read(0, Math.min(pointer.length, reader.byteLength));
  if (new TextDecoder().decode(head) === pointer) {
    throw mynahError('unsupported', { file, what: 'lfs-pointer' });
  }
  return open(reader, file);
}

/**
 * `{"weight_map": {"h.0.ln_1.weight": "model-00001-of-00002.safetensors"}}`. A file whose name isn't a
 * string is a file that the folder doesn't have.
 */
const parseIndex = otherwise(objectOf({ weight_map: recordOf(otherwise(parseString, '?')) }), null);

async function openShards(
  files: ModelFiles,
  indexText: string,
  indexFile: string,
  open: Open,
): Promise<ReadonlyMap<string, TensorSource>> {
  const index = parseIndex(parseJson(indexText, indexFile), indexFile);
  if (index === null) {
    const fault = { what: 'missing', at: 'weight_map' } as const;
    throw mynahError('model-corrupt', { file: indexFile, reason: 'malformed', fault });
  }
  const wanted = new Map(Object.entries(index.weight_map));
  const tensors = new Map<string, TensorSource>();
  for (const shard of new Set(wanted.values())) {
    const reader = files.get(shard);
    if (reader === undefined) {
      const file = shard.slice(0, 100);
      throw mynahError('model-file-missing', { file, alternatives: [] });
    }
    for (const [name, source] of await openFile(reader, shard, open)) {
      if (wanted.get(name) !== shard) {
        const fault = { what: 'wrong', at: `${indexFile} → ${name}` } as const;
        throw mynahError('model-corrupt', { file: shard, reason: 'malformed', fault });
      }
      tensors.set(name, source);
    }
  }
  for (const [name, shard] of wanted) {
    if (!tensors.has(name)) {
      throw mynahError('model-corrupt', { file: shard, reason: 'missing-tensor', part: name });
    }
  }
  return tensors;
}
