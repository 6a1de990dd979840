/**
 * A run as an event file of TensorBoard.
 *
 * The file is a sequence of TFRecords (tensorflow/core/lib/io/record_writer.h): the length of the data as a
 * 64-bit little-endian number, the masked CRC32C of these eight bytes, the data, the masked CRC32C of the data.
 * The data are messages (`protobuf.ts`): `Event` (tensorflow/core/util/event.proto) with a `Summary`
 * (framework/summary.proto), of which only the few fields below are written. Texts are tensors of strings
 * (framework/tensor.proto) with the plugin `text`, as in torch.utils.tensorboard.
 */

import { learnedShares } from '../domain/learned-share.ts';
import type { MetricPoint } from '../protocol/training.ts';
import {
  type Bytes,
  bytesField,
  doubleField,
  floatField,
  joinBytes,
  numberField,
} from './protobuf.ts';
import type { RunFile } from './run-file.ts';

/** The tag of each curve in TensorBoard. */
const CURVES: readonly (readonly [tag: string, of: (point: MetricPoint) => number | undefined])[] =
  [
    ['loss/train', ({ loss }) => loss],
    ['loss/validation', ({ validationLoss }) => validationLoss],
    ['validation/perplexity', ({ validationLoss }) => validationLoss && Math.exp(validationLoss)],
    ['validation/bits_per_byte', ({ bitsPerByte }) => bitsPerByte],
    ['training/learning_rate', ({ learningRate }) => learningRate],
    ['training/gradient_norm', ({ gradientNorm }) => gradientNorm],
    ['training/epoch', ({ epoch }) => epoch],
    ['speed/tokens_per_second', ({ tokensPerSecond }) => tokensPerSecond],
  ];

/** The bytes of `events.out.tfevents.…`, with the curves, the sample tweets, the notes and all settings. */
export function eventFile(run: RunFile): Bytes {
  const startedAt = run.createdAt / 1000;
  const seconds = (atMs: number | undefined) => (atMs ?? run.createdAt) / 1000;
  const secondsAt = (step: number) => seconds(run.points.find((at) => at.step === step)?.atMs);
  const texts: readonly (readonly [tag: string, text: string])[] = [
    ['notes', run.notes],
    [
      'settings',
      `\`\`\`json\n${JSON.stringify({ ...run, points: [], samples: [] }, null, 1)}\n\`\`\``,
    ],
  ];
  const events = [
    // The first event says which version of the format follows.
    joinBytes([doubleField(1, startedAt), bytesField(3, 'brain.Event:2')]),
    ...texts.filter(([, value]) => value !== '').map((each) => textEvent(startedAt, 0, ...each)),
    ...run.points.map((point) => {
      const values = CURVES.map(([tag, of]) => [tag, of(point)] as const);
      return scalarsEvent(seconds(point.atMs), point.step, values);
    }),
    ...run.samples.map(({ step, prompt, text: sample }) => {
      const tag = prompt === '' ? 'sample' : `sample/${prompt}`;
      return textEvent(secondsAt(step), step, tag, sample);
    }),
    ...learnedShares(run.samples).map(({ step, share }) =>
      scalarsEvent(secondsAt(step), step, [['samples/learned_by_heart', share]]),
    ),
  ];
  return joinBytes(events.flatMap(record));
}

function scalarsEvent(
  at: number,
  step: number,
  scalars: readonly (readonly [tag: string, value: number | undefined])[],
): Bytes {
  const values = scalars.flatMap(([tag, value]) =>
    value === undefined ? [] : [bytesField(1, [bytesField(1, tag), floatField(2, value)])],
  );
  return joinBytes([doubleField(1, at), numberField(2, step), bytesField(5, values)]);
}

function textEvent(at: number, step: number, tag: string, value: string): Bytes {
  const plugin = bytesField(1, 'text');
  const oneString = bytesField(2, [numberField(1, 1)]);
  const tensor = [numberField(1, DT_STRING), bytesField(2, oneString), bytesField(8, value)];
  const entry = [bytesField(1, tag), bytesField(8, tensor), bytesField(9, [bytesField(1, plugin)])];
  return joinBytes([
    doubleField(1, at),
    numberField(2, step),
    bytesField(5, [bytesField(1, entry)]),
  ]);
}

/** Of `DataType` in framework/types.proto. */
const DT_STRING = 7;

function record(data: Bytes): Bytes[] {
  const length = view(8, (out) => out.setBigUint64(0, BigInt(data.length), true));
  return [length, maskedChecksum(length), data, maskedChecksum(data)];
}

/** Rotated and shifted, because a checksum of data that contain checksums is weak (lib/hash/crc32c.h). */
function maskedChecksum(data: Uint8Array): Bytes {
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

function view(byteLength: number, write: (out: DataView) => void): Bytes {
  const out = new Uint8Array(byteLength);
  write(new DataView(out.buffer));
  return out;
}
