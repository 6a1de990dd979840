/** Whether the committed ready-made bot is the one that its record describes. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { READY_BOT } from '../../src/domain/ready-bot.ts';
import type { WritingMeasure } from './measure.ts';
import type { ReadyRecipe } from './train.ts';

export const FOLDER = 'public/models/ready';
export const RECORD_FILE = 'tests/ready-bot/record.json';
export const NAME_FILE = 'src/domain/ready-bot.ts';
const STARTER_FILES = ['config.json', 'tokenizer.json', 'model.safetensors'];

/** The page precaches it as well as the starter: 16 MB for both. */
const MAX_BYTES = 8_000_000;
/** Of what it writes: the share of tweets that are copies before they are replaced. */
const MAX_COPIES = 0.05;

export interface ReadyRecord extends ReadyRecipe {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Of the files of the model that it was trained from. */
  readonly starter_sha256: string;
  /** Of the texts that it learned from, as the page computes it. */
  readonly sample_content_hash: string;
  /** The step whose weights were kept, and how much of the training is in them (`train/mixing.ts`). */
  readonly steps: number;
  readonly trained_share: number;
  /** On the tweets that were held out, with the float16 weights of the file. */
  readonly held_out: {
    readonly tweets: number;
    readonly tokens: number;
    readonly bytes: number;
    readonly loss_of_starter: number;
    readonly loss: number;
    readonly bits_per_byte_of_starter: number;
    readonly bits_per_byte: number;
  };
  readonly writing: WritingMeasure;
}

export function readRecord(): ReadyRecord {
  return JSON.parse(readFileSync(RECORD_FILE, 'utf8')) as ReadyRecord;
}

/** What is wrong, as sentences; empty if the file is as its record says. */
export function checkReadyBot(): readonly string[] {
  const record = readRecord();
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.zip'));
  if (files.join() !== READY_BOT.file) {
    return [
      `${FOLDER} has ${files.join(', ') || 'no bot'}, and ${NAME_FILE} names ${READY_BOT.file}.`,
    ];
  }
  const zip = readFileSync(`${FOLDER}/${READY_BOT.file}`);
  const hash = sha256(zip);
  const { held_out: heldOut, writing } = record;
  const problems = [
    record.file !== READY_BOT.file &&
      `The record is of ${record.file}, and the page has ${READY_BOT.file}.`,
    record.sha256 !== hash && `The file's SHA-256 is ${hash}, and the record has ${record.sha256}.`,
    !READY_BOT.file.includes(hash.slice(0, 8)) && `The file's name doesn't have its hash, ${hash}.`,
    record.bytes !== zip.byteLength &&
      `The file has ${zip.byteLength} bytes, and the record ${record.bytes}.`,
    zip.byteLength > MAX_BYTES &&
      `The file has ${zip.byteLength} bytes, and may have ${MAX_BYTES}.`,
    record.starter_sha256 !== starterHash() &&
      'The bot was trained on another starter: make it again.',
    heldOut.bits_per_byte >= heldOut.bits_per_byte_of_starter &&
      'The bot is no better than the starter.',
    writing.copies > MAX_COPIES && `${writing.copies} of what it writes are copies.`,
  ];
  return problems.filter((problem) => problem !== false);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Of the files that the adapter needs: it makes sense only on the starter that it was trained on. */
export function starterHash(): string {
  const hash = createHash('sha256');
  for (const name of STARTER_FILES) hash.update(readFileSync(`public/models/starter/${name}`));
  return hash.digest('hex');
}
