/**
 * Opens the ready-made bot that comes with the page, as any other bot from a file. Its texts are those of the sample,
 * so that what it writes is checked for copies.
 */

import { MynahError } from '../../core/errors.ts';
import { READY_BOT, READY_RUN_PREFIX } from '../../domain/ready-bot.ts';
import type { Handler } from '../../protocol/serve.ts';
import { newId } from '../../storage/chunks.ts';
import { isReadyMadeRun, runSummary } from '../../storage/run-summary.ts';
import { editRun, listRuns } from '../../storage/runs.ts';
import { ensureSnapshot } from '../../storage/snapshots.ts';
import { textsOfArchive } from '../datasets/texts.ts';
import type { EngineContext } from '../runtime/context.ts';
import { storeModel } from '../models/base-models.ts';
import { fetchSiteFile } from '../runtime/site-file.ts';
import { createBot, modelOfBot, storingBot } from './import-bot.ts';

export function openReadyBot(context: EngineContext): Handler<'openReadyBot'> {
  return async (_, { signal }) => {
    const storage = await context.storage();
    const stored = (await listRuns(storage)).find(isReadyMadeRun);
    if (stored !== undefined) {
      if (stored.deletedAt === null) return runSummary(stored);
      return runSummary(await editRun(storage, stored.id, { deletedAt: null }));
    }
    const id = newId();
    const model = modelOfBot(id);
    return storingBot(context, model.id, async () => {
      const { file } = READY_BOT;
      const content = await fetchSiteFile(
        new URL(`models/ready/${file}`, context.site),
        file,
        signal,
      );
      const zip = { path: file, file: new File([content], file) };
      const { record, files } = await storeModel(storage, [zip], model, signal, () => {});
      const run = await createBot(context, record, files, {
        id: READY_RUN_PREFIX + id,
        findTexts: ({ contentHash }) => storeTexts(context, contentHash, signal),
      });
      return runSummary(run);
    });
  };
}

/** Null if the sample can't be fetched, or isn't what the bot learned from: it writes all the same. */
async function storeTexts(
  context: EngineContext,
  contentHash: string,
  signal: AbortSignal,
): Promise<string | null> {
  const { sample } = READY_BOT;
  try {
    const content = await fetchSiteFile(new URL(`sample/${sample}`, context.site), sample, signal);
    const texts = await textsOfArchive(new File([content], sample), signal);
    if (texts.contentHash !== contentHash) return null;
    await ensureSnapshot(await context.storage(), contentHash, texts.accounts);
    return contentHash;
  } catch (error) {
    if (error instanceof MynahError && !signal.aborted) return null;
    throw error;
  }
}
