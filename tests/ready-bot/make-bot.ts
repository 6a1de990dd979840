/** Trains the ready-made bot, and writes its file, its record and its name. */

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { openFolder } from '../../src/bots/open-folder.ts';
import { openParameters, readDescription } from '../../src/bots/read-model.ts';
import { READY_BOT } from '../../src/domain/ready-bot.ts';
import { loadModel } from '../../src/model/load.ts';
import { packedLength } from '../../src/train/packing.ts';
import { FOLDER, NAME_FILE, RECORD_FILE, type ReadyRecord, sha256, starterHash } from './check.ts';
import { readyBotZip } from './file.ts';
import { measureWriting } from './measure.ts';
import { beginReadyBot, heldOutLoss, nodeOps, type ReadyRecipe, trainReadyBot } from './train.ts';

const RECIPE: ReadyRecipe = { preset: 'quick', seed: 0 };

export async function makeReadyBot(): Promise<void> {
  const begun = await beginReadyBot(RECIPE);
  const ops = await nodeOps();
  const { config, data, heldOutBytes } = begun;
  const starter = await loadModel(ops, config, await openParameters(begun.files, config));
  const lossOfStarter = await heldOutLoss(ops, starter, begun);
  const bot = await trainReadyBot(ops, begun);
  const zip = await readyBotZip(bot);
  // What is measured is the file, whose weights are rounded to float16.
  const dropped = { path: 'bot.zip', file: new File([zip], 'bot.zip') };
  const { files } = await openFolder([dropped]);
  const { tokenizer } = await readDescription(files);
  const model = await loadModel(ops, config, await openParameters(files, config));
  const loss = await heldOutLoss(ops, model, begun);
  const tokens = packedLength(data.heldOut);
  const bits = (nats: number) => (nats * tokens) / Math.LN2 / heldOutBytes;
  const hash = sha256(zip);
  const record: ReadyRecord = {
    file: `lost-property-${hash.slice(0, 8)}.zip`,
    sha256: hash,
    bytes: zip.byteLength,
    starter_sha256: starterHash(),
    sample_content_hash: begun.dataset.contentHash,
    ...RECIPE,
    steps: bot.completedSteps,
    trained_share: bot.trainedShare,
    held_out: {
      ...{ tweets: data.heldOut.length, tokens, bytes: heldOutBytes },
      ...{ loss_of_starter: lossOfStarter, loss },
      ...{ bits_per_byte_of_starter: bits(lossOfStarter), bits_per_byte: bits(loss) },
    },
    writing: await measureWriting(ops, model, tokenizer, begun.dataset.documents),
  };
  for (const old of readdirSync(FOLDER)) if (old.endsWith('.zip')) rmSync(`${FOLDER}/${old}`);
  writeFileSync(`${FOLDER}/${record.file}`, zip);
  writeFileSync(RECORD_FILE, `${JSON.stringify(record, null, 2)}\n`);
  const names = readFileSync(NAME_FILE, 'utf8').replace(READY_BOT.file, record.file);
  writeFileSync(NAME_FILE, names);
  console.log(JSON.stringify(record, null, 2));
}
