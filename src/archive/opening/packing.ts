/** How a file is packed, told by its first bytes: names lie. */

export type Packing =
  | 'zip'
  | 'gzip'
  | 'tar'
  /** Known by sight, but not unpacked here. */
  | '7-Zip'
  | 'RAR'
  | 'bzip2'
  | 'xz'
  | 'Zstandard';

/** Enough to see what a file is. */
export const HEAD_BYTES = 512;
/** Enough to see that it is packed, but for a tar. */
export const MAGIC_BYTES = 6;

/** First bytes as Latin-1. */
const STARTS: readonly (readonly [start: string, packing: Packing])[] = [
  ['PK\x03\x04', 'zip'],
  // An empty archive, and a marker that some tools put before the first entry.
  ['PK\x05\x06', 'zip'],
  ['PK\x07\x08', 'zip'],
  ['\x1f\x8b\x08', 'gzip'],
  ["7z\xbc\xaf'\x1c", '7-Zip'],
  ['Rar!\x1a\x07', 'RAR'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ\x00', 'xz'],
  ['\x28\xb5\x2f\xfd', 'Zstandard'],
];
const TAR_MAGIC_AT = 257;

/** Null for what isn't packed in any way that is known. */
export function packingOf(head: Uint8Array): Packing | null {
  const text = latin1(head);
  const found = STARTS.find(([start]) => text.startsWith(start));
  if (found) return found[1];
  return text.startsWith('ustar', TAR_MAGIC_AT) ? 'tar' : null;
}

/** Bytes as characters: ASCII shows in UTF-8 and in UTF-16 alike, once NULs are left out. */
export function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
