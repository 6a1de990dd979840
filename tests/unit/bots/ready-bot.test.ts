/** The ready-made bot that is committed: it is what its record says, and it opens and writes. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildDataset } from '../../../src/archive/cleaning/dataset.ts';
import { openArchive } from '../../../src/archive/opening/open.ts';
import { readTweets } from '../../../src/archive/read-tweets.ts';
import { BOT_RECORD_FILE, parseBotRecord } from '../../../src/bots/bot-record.ts';
import { readJson } from '../../../src/bots/model-files.ts';
import { openFolder } from '../../../src/bots/open-folder.ts';
import { openParameters, readDescription } from '../../../src/bots/read-model.ts';
import { READY_BOT } from '../../../src/domain/ready-bot.ts';
import { MIN_TWEET_TOKENS, WRITING_DEFAULTS } from '../../../src/domain/writing.ts';
import { writeTweets } from '../../../src/generate/write.ts';
import { loadModel } from '../../../src/model/load.ts';
import { PortableOps } from '../../../src/ops/portable.ts';
import { checkReadyBot, FOLDER, readRecord } from '../../ready-bot/check.ts';
import { tfjsOn } from '../../support/node-backends.ts';

async function openReadyBot() {
  const file = new File([readFileSync(`${FOLDER}/${READY_BOT.file}`)], READY_BOT.file);
  const { files } = await openFolder([{ path: READY_BOT.file, file }]);
  const record = parseBotRecord(await readJson(files, BOT_RECORD_FILE));
  if (record === null) throw new Error('no bot of Mynah');
  return { files, record, ...(await readDescription(files)) };
}

test('the committed ready-made bot is the one that its record describes', () => {
  expect(checkReadyBot()).toEqual([]);
});

test('it learned from the sample as it is, and nothing is hidden in its record', async () => {
  const { record } = await openReadyBot();
  const archive = new File([readFileSync(`public/sample/${READY_BOT.sample}`)], READY_BOT.sample);
  const { contentHash, counts } = await buildDataset(
    await readTweets(await openArchive([archive])),
  );
  expect(record.dataset).toMatchObject({ contentHash, counts });
  expect(readRecord().sample_content_hash).toBe(contentHash);
  expect(record.completedSteps).toBe(readRecord().steps);
});

test('it writes what its record has as examples', async () => {
  const { files, config, tokenizer } = await openReadyBot();
  await tfjsOn('wasm', null);
  const ops = new PortableOps();
  const model = await loadModel(ops, config, await openParameters(files, config));
  const { examples, seed, prompts } = readRecord().writing;
  const prompt = prompts[1] ?? '';
  const options = { prompt, count: 2, minTokens: MIN_TWEET_TOKENS, seed };
  const drafts = writeTweets(ops, model, tokenizer, { ...WRITING_DEFAULTS, ...options });
  let next = await drafts.next();
  while (!next.done) next = await drafts.next();
  expect(next.value.tweets).toEqual(examples.slice(2, 4));
  for (const tweet of next.value.tweets) expect(tweet.startsWith(prompt)).toBe(true);
  ops.dispose();
});
