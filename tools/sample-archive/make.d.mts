/** The sample archive's bytes, the same every time. */
export function makeSampleArchive(): Promise<Uint8Array<ArrayBuffer>>;
