/**
 * GPT-2 with a cache of keys and values as a graph of ONNX's operators (onnx/onnx, `docs/Operators.md`, opset 20), with
 * the names of inputs and outputs that Optimum gives a `text-generation-with-past` model and transformers.js expects.
 */

import { mynahError } from '../core/errors.ts';
import { type GPT2Config, scoreScale } from '../model/config.ts';
import { HEAD_NAME } from '../model/weights.ts';
import { type Bytes, bytesField, floatField, joinBytes, numberField } from './protobuf.ts';

export const OPSET = 20;
const [FLOAT, INT64, BOOL] = [1, 7, 9];

type Attribute = number | string | readonly number[] | { readonly float: number };

/** Everything of a `GraphProto` but the weights. B sequences of S tokens after past ones, T in all. */
export function graphFields(config: GPT2Config): Bytes {
  const graph = new Graph();
  graph.integers('0', [], [0]);
  graph.integers('1', [], [1]);
  graph.integers('axis 1', [1], [1]);
  graph.integers('axes 1, 2', [2], [1, 2]);
  graph.floats('zero', 0);
  // There are no infinities, so that a row in which all is masked stays finite.
  graph.floats('masked', -1e9);
  const { nLayer, nHead, nEmbd: C, vocabSize, layerNormEpsilon } = config;
  graph.integers('by heads', [4], [0, -1, nHead, C / nHead]);
  graph.integers('joined', [3], [0, -1, C]);
  graph.integers('thirds', [3], [C, C, C]);

  graph.node('Gather', ['wte.weight', 'input_ids'], 'tokens');
  graph.node('Gather', ['wpe.weight', 'position_ids'], 'positions');
  let x = graph.node('Add', ['tokens', 'positions'], 'x');
  maskNodes(graph);
  for (let layer = 0; layer < nLayer; layer++) x = layerNodes(graph, config, layer, x);
  normNode(graph, [x, 'ln_f'], layerNormEpsilon, 'normed');
  const head = config.hasOwnHead ? HEAD_NAME : 'wte.weight';
  graph.node('Transpose', [head], 'head', { perm: [1, 0] });
  graph.node('MatMul', ['normed', 'head'], 'logits');

  graph.input('input_ids', INT64, ['B', 'S']);
  graph.input('attention_mask', INT64, ['B', 'T']);
  graph.input('position_ids', INT64, ['B', 'S']);
  graph.output('logits', FLOAT, ['B', 'S', vocabSize]);
  for (let layer = 0; layer < nLayer; layer++) {
    for (const part of ['key', 'value']) {
      graph.input(`past_key_values.${layer}.${part}`, FLOAT, ['B', nHead, 'past', C / nHead]);
      graph.output(`present.${layer}.${part}`, FLOAT, ['B', nHead, 'T', C / nHead]);
    }
  }
  return graph.finish();
}

/** `mask` [B, 1, S, T] is 0 where a token sees another: it is not later, and the attention mask has it. */
function maskNodes(graph: Graph): void {
  graph.node('Shape', ['attention_mask'], 'T of one', { start: 1, end: 2 });
  graph.node('Squeeze', ['T of one'], 'T');
  graph.node('Shape', ['input_ids'], 'S of one', { start: 1, end: 2 });
  graph.node('Squeeze', ['S of one'], 'S');
  graph.node('Sub', ['T', 'S'], 'past');
  graph.node('Range', ['past', 'T', '1'], 'queries');
  graph.node('Range', ['0', 'T', '1'], 'keys');
  graph.node('Unsqueeze', ['queries', 'axis 1'], 'column');
  graph.node('LessOrEqual', ['keys', 'column'], 'not later');
  graph.node('Cast', ['attention_mask'], 'attended', { to: BOOL });
  graph.node('Unsqueeze', ['attended', 'axes 1, 2'], 'attended to');
  graph.node('And', ['not later', 'attended to'], 'seen');
  graph.node('Where', ['seen', 'zero', 'masked'], 'mask');
}

/** The nodes of one block, as in `model/block.ts`. Returns the name of its output. */
function layerNodes(graph: Graph, config: GPT2Config, layer: number, x: string): string {
  const h = `h.${layer}`;
  const at = (name: string) => `${h} ${name}`;
  const linear = (input: string, name: string) => {
    graph.node('MatMul', [input, `${h}.${name}.weight`], at(`${name} product`));
    return graph.node('Add', [at(`${name} product`), `${h}.${name}.bias`], at(name));
  };
  const { layerNormEpsilon: epsilon, activation } = config;

  normNode(graph, [x, `${h}.ln_1`], epsilon, at('ln_1'));
  graph.nodeOf('Split', [linear(at('ln_1'), 'attn.c_attn'), 'thirds'], ['q', 'k', 'v'].map(at), {
    axis: -1,
  });
  for (const part of ['q', 'k', 'v']) {
    graph.node('Reshape', [at(part), 'by heads'], at(`${part} by heads`));
    graph.node('Transpose', [at(`${part} by heads`)], at(`heads of ${part}`), {
      perm: [0, 2, 1, 3],
    });
  }
  const [key, value] = [`present.${layer}.key`, `present.${layer}.value`];
  graph.node('Concat', [`past_key_values.${layer}.key`, at('heads of k')], key, { axis: 2 });
  graph.node('Concat', [`past_key_values.${layer}.value`, at('heads of v')], value, { axis: 2 });
  graph.node('Transpose', [key], at('keys'), { perm: [0, 1, 3, 2] });
  graph.node('MatMul', [at('heads of q'), at('keys')], at('products'));
  graph.floats(at('scale'), scoreScale(config, layer));
  graph.node('Mul', [at('products'), at('scale')], at('scores'));
  graph.node('Add', [at('scores'), 'mask'], at('masked scores'));
  graph.node('Softmax', [at('masked scores')], at('shares'), { axis: -1 });
  graph.node('MatMul', [at('shares'), value], at('values'));
  graph.node('Transpose', [at('values')], at('values by token'), { perm: [0, 2, 1, 3] });
  graph.node('Reshape', [at('values by token'), 'joined'], at('attended'));
  const middle = graph.node('Add', [x, linear(at('attended'), 'attn.c_proj')], at('middle'));

  normNode(graph, [middle, `${h}.ln_2`], epsilon, at('ln_2'));
  const hidden = linear(at('ln_2'), 'mlp.c_fc');
  if (activation === 'relu') graph.node('Relu', [hidden], at('active'));
  else {
    const approximate = activation === 'gelu-tanh' ? 'tanh' : 'none';
    graph.node('Gelu', [hidden], at('active'), { approximate });
  }
  return graph.node('Add', [middle, linear(at('active'), 'mlp.c_proj')], at('out'));
}

function normNode(graph: Graph, [x, name]: [string, string], epsilon: number, to: string): void {
  const inputs = [x, `${name}.weight`, `${name}.bias`];
  graph.node('LayerNormalization', inputs, to, { epsilon: { float: epsilon } });
}

/** The fields of a `GraphProto` (onnx/onnx, `onnx/onnx.proto`). */
class Graph {
  private readonly fields: Bytes[] = [];

  /** Returns the name of the output. */
  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    this.nodeOf(operator, inputs, [output], attributes);
    return output;
  }

  nodeOf(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
  ): void {
    this.fields.push(
      bytesField(1, [
        ...inputs.map((name) => bytesField(1, name)),
        ...outputs.map((name) => bytesField(2, name)),
        bytesField(3, outputs.join()),
        bytesField(4, operator),
        ...Object.entries(attributes).map(([name, value]) => bytesField(5, attribute(name, value))),
      ]),
    );
  }

  integers(name: string, dims: readonly number[], values: readonly number[]): void {
    const data = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.fields.push(bytesField(5, [...tensorFields(name, INT64, dims), bytesField(9, data)]));
  }

  floats(name: string, value: number): void {
    const data = new Uint8Array(Float32Array.of(value).buffer);
    this.fields.push(bytesField(5, [...tensorFields(name, FLOAT, []), bytesField(9, data)]));
  }

  input(name: string, type: number, dims: readonly (string | number)[]): void {
    this.fields.push(bytesField(11, valueInfo(name, type, dims)));
  }

  output(name: string, type: number, dims: readonly (string | number)[]): void {
    this.fields.push(bytesField(12, valueInfo(name, type, dims)));
  }

  finish(): Bytes {
    return joinBytes([...this.fields, bytesField(2, 'gpt2')]);
  }
}

/** A `TensorProto` without its data. */
export function tensorFields(name: string, type: number, dims: readonly number[]): Bytes[] {
  return [...dims.map((size) => numberField(1, size)), numberField(2, type), bytesField(8, name)];
}

/** An `AttributeProto`. */
function attribute(name: string, value: Attribute): Bytes[] {
  const named = bytesField(1, name);
  if (typeof value === 'number') return [named, numberField(3, value), numberField(20, 2)];
  if (typeof value === 'string') return [named, bytesField(4, value), numberField(20, 3)];
  if ('float' in value) return [named, floatField(2, value.float), numberField(20, 1)];
  return [named, ...value.map((each) => numberField(8, each)), numberField(20, 7)];
}

/** A `ValueInfoProto`: a tensor whose sizes are numbers or have names. */
function valueInfo(name: string, type: number, dims: readonly (string | number)[]): Bytes[] {
  const shape = dims.map((size) =>
    bytesField(1, [typeof size === 'number' ? numberField(1, size) : bytesField(2, size)]),
  );
  const tensor = [numberField(1, type), bytesField(2, shape)];
  return [bytesField(1, name), bytesField(2, [bytesField(1, tensor)])];
}

/** A message can't have 2 GiB, so the weights in float32 can't either. Throws `unsupported`. */
export function refuseLarge(byteLength: number): void {
  if (byteLength < 2 ** 31) return;
  throw mynahError('unsupported', { file: 'model.onnx', what: 'onnx-size', byteLength });
}
