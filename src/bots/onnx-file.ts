/** Writes a GPT-2 as an ONNX file, with one piece of a weight in memory. */

import { elementCount } from '../core/shape.ts';
import type { GPT2Config } from '../model/config.ts';
import { HEAD_NAME } from '../model/weights.ts';
import { graphFields, OPSET, refuseLarge, tensorFields } from './onnx-graph.ts';
import { type Bytes, bytesField, joinBytes, lengthField, numberField } from './protobuf.ts';
import type { SafetensorsFile, WeightSource } from './write-safetensors.ts';

const FLOAT = 1;

/**
 * A `ModelProto` (onnx/onnx, `onnx/onnx.proto`) with the weights in float32. Throws `unsupported` for a model that is
 * too large for one.
 *
 * @param tokens The number of tokens. Further rows of the embedding table, which are no tokens, are left out.
 */
export function onnxFile(
  source: WeightSource,
  modelConfig: GPT2Config,
  tokens: number,
): SafetensorsFile {
  const config = { ...modelConfig, vocabSize: tokens };
  const weights = Array.from(source.shapes, ([name, shape]) => {
    const isByToken = name === 'wte.weight' || name === HEAD_NAME;
    const dims = isByToken ? [tokens, ...shape.slice(1)] : shape;
    const bytes = 4 * elementCount(dims);
    const head = joinBytes([...tensorFields(name, FLOAT, dims), lengthField(9, bytes)]);
    return { name, bytes, head: joinBytes([lengthField(5, head.byteLength + bytes), head]) };
  });
  const small = graphFields(config);
  const graphBytes = weights.reduce(
    (sum, { head, bytes }) => sum + head.byteLength + bytes,
    small.byteLength,
  );
  const before = joinBytes([
    numberField(1, 9), // the version of the format in which opset 20 came
    bytesField(2, 'Mynah'),
    bytesField(8, [bytesField(1, ''), numberField(2, OPSET)]),
    lengthField(7, graphBytes),
  ]);
  const byteLength = before.byteLength + graphBytes;
  refuseLarge(byteLength);
  async function* content(): AsyncGenerator<Bytes> {
    yield before;
    yield small;
    for (const { name, head, bytes } of weights) {
      yield head;
      let left = bytes;
      for await (const values of source.read(name)) {
        const size = Math.min(left, values.byteLength);
        if (size > 0) yield new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, size);
        left -= size;
      }
    }
  }
  return { byteLength, content: content() };
}
