/** What training a model takes with default options, before it is loaded or even downloaded. */

import type { GPT2Config } from '../model/config.ts';
import type { TrainingNeeds } from '../protocol/models.ts';
import type { MemoryModel } from './memory-model.ts';
import { layOut, shapeOfStep } from './plan-training.ts';
import { firstThatFits, methodOf, waysToTrain } from './ways-to-train.ts';

/**
 * By limits and budget, and without asking the device for memory. Null if nothing fits.
 *
 * @param isSoftware Whether the processor computes, itself or as a simulated graphics card.
 */
export async function estimateNeeds(
  config: GPT2Config,
  memory: MemoryModel,
  isSoftware: boolean,
): Promise<TrainingNeeds | null> {
  const onPaper: MemoryModel = {
    fit: (...what) => memory.fit(...what),
    hasRoomFor: async () => true,
  };
  const ways = waysToTrain(config, 'quick', {});
  const { way, plan } = await firstThatFits(ways, (step) => memory.fit(config, step));
  if (plan === null) return null;
  const shape = shapeOfStep({ config, preset: 'quick', overrides: {}, isSoftware }, way);
  const layout = await layOut(config, way, shape, onPaper);
  return { ...methodOf(way), bytes: (layout?.memory ?? plan).expectedBytes };
}
