/** Writes messages of Protocol Buffers (protobuf.dev, "Encoding"): fields of varints, bytes and messages. */

const encoder = new TextEncoder();

export type Bytes = Uint8Array<ArrayBuffer>;

/** Seven bits a byte, the lowest first. `value` is a whole number from 0 to 2^53 − 1. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}

export function joinBytes(parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}

/** A whole number, an enum or a bool. */
export function numberField(field: number, value: number): Bytes {
  // Negative numbers are those of 64 bits in two's complement: ten bytes.
  if (value < 0) {
    const bits = BigInt.asUintN(64, BigInt(value));
    const bytes = Array.from({ length: 10 }, (_, i) => {
      const seven = Number((bits >> BigInt(7 * i)) & 0x7fn);
      return i < 9 ? seven | 0x80 : seven;
    });
    return Uint8Array.from([...varint(field * 8), ...bytes]);
  }
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

export function floatField(field: number, value: number): Bytes {
  const bits = new Uint8Array(Float32Array.of(value).buffer);
  return Uint8Array.from([...varint(field * 8 + 5), ...bits]);
}

export function doubleField(field: number, value: number): Bytes {
  const bits = new Uint8Array(Float64Array.of(value).buffer);
  return Uint8Array.from([...varint(field * 8 + 1), ...bits]);
}

/** What comes before a field of so many bytes. */
export function lengthField(field: number, byteLength: number): Bytes {
  return Uint8Array.from([...varint(field * 8 + 2), ...varint(byteLength)]);
}

/** Bytes, a text, or a message of these fields. */
export function bytesField(field: number, content: Bytes | string | readonly Bytes[]): Bytes {
  const bytes =
    typeof content === 'string'
      ? encoder.encode(content)
      : content instanceof Uint8Array
        ? content
        : joinBytes(content);
  return joinBytes([lengthField(field, bytes.byteLength), bytes]);
}
