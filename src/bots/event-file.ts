/**
 * A run as an event file of TensorBoard.
 *
 * The file is a sequence of TFRecords (tensorflow/core/lib/io/record_writer.h): the length of the data as a
 * 64-bit little-endian number, the masked CRC32C of these eight bytes, the data, the masked CRC32C of the data.
 * The data are messages of Protocol Buffers: `Event` (tensorflow/core/util/event.proto) with a `Summary`
 * (framework/summary.proto), of which only the few fields below are written. Texts are tensors of strings
 * (framework/tensor.proto) with the plugin `text`, as in torch.utils.tensorboard.
 */

import type { MetricPoint } from '../protocol/training.ts';
import type { RunFile } from './run-file.ts';

/** The tag of each curve in TensorBoard. */
const CURVES: readonly (readonly [tag: string, of: (point: MetricPoint) => number | undefined])[] =
  [
    ['loss/train', ({ loss }) => loss],
    ['loss/validation', ({ validationLoss }) => validationLoss],
    ['training/learning_rate', ({ learningRate }) => learningRate],
    ['training/gradient_norm', ({ gradientNorm }) => gradientNorm],
    ['training/epoch', ({ epoch }) => epoch],
    ['speed/tokens_per_second', ({ tokensPerSecond }) => tokensPerSecond],
  ];

/** The bytes of `events.out.tfevents.…`, with the curves, the sample tweets, the notes and all settings. */
export function eventFile(run: RunFile): Uint8Array<ArrayBuffer> {
  const startedAt = run.createdAt / 1000;
  const texts: readonly (readonly [tag: string, text: string])[] = [
    ['notes', run.notes],
    [
      'settings',
      `\`\`\`json\n${JSON.stringify({ ...run, points: [], samples: [] }, null, 1)}\n\`\`\``,
    ],
  ];
  const events = [
    // The first event says which version of the format follows.
    message(double(1, startedAt), text(3, 'brain.Event:2')),
    ...texts.filter(([, value]) => value !== '').map((each) => textEvent(startedAt, 0, ...each)),
    ...run.points.map((point) => scalarsEvent(startedAt, point)),
    ...run.samples.map(({ step, prompt, text: sample }) => {
      const { atMs } = run.points.find((point) => point.step === step) ?? {};
      const tag = prompt === '' ? 'sample' : `sample/${prompt}`;
      return textEvent(atMs === undefined ? startedAt : atMs / 1000, step, tag, sample);
    }),
  ];
  return joined(events.flatMap(record));
}

function scalarsEvent(startedAt: number, point: MetricPoint): Uint8Array {
  const values = CURVES.flatMap(([tag, of]) => {
    const value = of(point);
    return value === undefined ? [] : [bytes(1, message(text(1, tag), float(2, value)))];
  });
  const at = point.atMs === undefined ? startedAt : point.atMs / 1000;
  return message(double(1, at), varint(2, point.step), bytes(5, message(...values)));
}

function textEvent(at: number, step: number, tag: string, value: string): Uint8Array {
  const plugin = message(text(1, 'text'));
  const oneString = bytes(2, message(varint(1, 1)));
  const tensor = message(varint(1, DT_STRING), bytes(2, message(oneString)), text(8, value));
  const metadata = message(bytes(1, plugin));
  const entry = message(text(1, tag), bytes(8, tensor), bytes(9, metadata));
  return message(double(1, at), varint(2, step), bytes(5, message(bytes(1, entry))));
}
/** Of `DataType` in framework/types.proto. */
const DT_STRING = 7;

/* ------------------------------------------------------------------ Protocol Buffers */

/** A field: its number and wire type, and then its value (protobuf.dev/programming-guides/encoding). */
type Field = readonly Uint8Array[];

function message(...fields: readonly Field[]): Uint8Array {
  return joined(fields.flat());
}

function varint(field: number, value: number): Field {
  return [varintBytes(field * 8), varintBytes(value)];
}

function double(field: number, value: number): Field {
  return [varintBytes(field * 8 + 1), view(8, (out) => out.setFloat64(0, value, true))];
}

function float(field: number, value: number): Field {
  return [varintBytes(field * 8 + 5), view(4, (out) => out.setFloat32(0, value, true))];
}

function bytes(field: number, value: Uint8Array): Field {
  return [varintBytes(field * 8 + 2), varintBytes(value.length), value];
}

function text(field: number, value: string): Field {
  return bytes(field, new TextEncoder().encode(value));
}

/** Seven bits a byte, the lowest first. Of whole numbers from 0 to 2^53. */
function varintBytes(value: number): Uint8Array {
  const out: number[] = [];
  let left = value;
  while (left >= 128) {
    out.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return Uint8Array.from([...out, left]);
}

/* ------------------------------------------------------------------ TFRecord */

function record(data: Uint8Array): Uint8Array[] {
  const length = view(8, (out) => out.setBigUint64(0, BigInt(data.length), true));
  return [length, maskedChecksum(length), data, maskedChecksum(data)];
}

/** Rotated and shifted, because a checksum of data that contain checksums is weak (lib/hash/crc32c.h). */
function maskedChecksum(data: Uint8Array): Uint8Array {
  const crc = crc32c(data);
  const masked = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  return view(4, (out) => out.setUint32(0, masked >>> 0, true));
}

/** The CRC with Castagnoli's polynomial, reflected (RFC 3720, appendix B.4). */
export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (CRC_TABLE[(crc ^ byte) & 255] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

function view(byteLength: number, write: (out: DataView) => void): Uint8Array {
  const out = new Uint8Array(byteLength);
  write(new DataView(out.buffer));
  return out;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
