/** What a bot's export holds. */

import {
  BlobReader,
  type FileEntry,
  Uint8ArrayWriter,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { expect } from 'vitest';
import type { BotRecord } from '../../../src/bots/bot-record.ts';
import { parseSafetensorsHeader } from '../../../src/model/safetensors.ts';
import type { ExportChoice, ExportExtras } from '../../../src/protocol/bots.ts';
import type { Client } from '../../../src/protocol/client.ts';

export async function unzip(zip: Blob): Promise<Map<string, Uint8Array>> {
  const entries = await new ZipReader(new BlobReader(zip)).getEntries();
  const files = entries.filter((entry): entry is FileEntry => !entry.directory);
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const content = await file.getData(new Uint8ArrayWriter(), { checkSignature: true });
        return [file.filename, content] as const;
      }),
    ),
  );
}

/** The SHA-256 of the bytes of every weight of an exported model by name. */
export async function weightsIn(
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Map<string, string>> {
  const bytes = files.get('model.safetensors') ?? new Uint8Array();
  const { entries } = parseSafetensorsHeader(bytes, bytes.byteLength, 'model.safetensors');
  return new Map(
    await Promise.all(
      [...entries].map(async ([name, { byteOffset, byteLength }]) => {
        const weight = bytes.slice(byteOffset, byteOffset + byteLength);
        const hash = await crypto.subtle.digest('SHA-256', weight);
        return [name, new Uint8Array(hash).join()] as const;
      }),
    ),
  );
}

export async function exported(
  engine: Client,
  runId: string,
  choice: ExportChoice = { what: 'model', dtype: 'F32' },
  extras?: ExportExtras,
): Promise<Map<string, Uint8Array>> {
  return unzip(await exportedZip(engine, runId, choice, extras));
}

export function recordIn(files: ReadonlyMap<string, Uint8Array>): BotRecord {
  return JSON.parse(new TextDecoder().decode(files.get('training_args.json'))) as BotRecord;
}

export async function exportedZip(
  engine: Client,
  runId: string,
  choice: ExportChoice = { what: 'model', dtype: 'F32' },
  extras?: ExportExtras,
): Promise<Blob> {
  const params = { runId, choice, extras, file: null };
  const { blob, byteLength } = await engine.call('exportRun', params);
  if (blob === null) throw new Error('no blob');
  expect(blob.size).toBe(byteLength);
  return blob;
}
