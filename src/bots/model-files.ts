/** The files of a model folder, wherever they are: dropped, in a ZIP, or stored. */

/** Any range of a file's bytes. */
export interface ByteReader {
  readonly byteLength: number;
  /** The bytes of a range, in a buffer of the caller's own. */
  read(byteOffset: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Readers by name as in the folder of a model on the Hub (`config.json`). `storage`'s blobs are such. */
export type ModelFiles = ReadonlyMap<string, ByteReader>;
