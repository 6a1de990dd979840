/** How well a bot predicts held-out tweets, and how much it has learned by heart, in German. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quality: Catalogue['quality'] = {
  loss: (loss: string, perplexity: string) => `Loss ${loss}, Perplexität ${perplexity}`,
  lossAndBits: (loss: string, perplexity: string, bits: string) =>
    `Loss ${loss}, Perplexität ${perplexity}, ${bits} Bit pro Byte`,
  heldOutLoss: (loss: string, perplexity: string) =>
    `Loss auf zurückgehaltenen Tweets ${loss}, Perplexität ${perplexity}`,
  heldOutLossAndBits: (loss: string, perplexity: string, bits: string) =>
    `Loss auf zurückgehaltenen Tweets ${loss}, Perplexität ${perplexity}, ${bits} Bit pro Byte`,
  ratesTried: 'Ausprobierte Lernraten',
  rateTried: (rate: string, loss: string) => `${rate}: Loss auf zurückgehaltenen Tweets ${loss}`,
  rateDiverged: (rate: string) => `${rate}: divergiert`,
  bitsAtThatLoss: 'Bit pro Byte bei diesem Loss',
  learnedByHeart: 'Auswendig gelernt',
  learnedOf: (share: string, shared: number, grams: number) =>
    byCount(grams, {
      one: `${share}: Von der einen Folge aus acht Wörtern hier kommt ${formatCount(shared)} in deinen Tweets vor.`,
      other: `${share}: Von ${formatCount(grams)} Folgen aus acht Wörtern hier kommen ${formatCount(shared)} in deinen Tweets vor.`,
    }),
  learnedInSamples: 'Auswendig gelernt, in den letzten Proben',
  learnedShort: (share: string) => `${share} seiner Folgen aus acht Wörtern`,
};
