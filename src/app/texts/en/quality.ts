/** How well a bot predicts held-out tweets, and how much it has learned by heart. */
import { byCount, formatCount } from '../../format.ts';

export const quality = {
  /**
   * @param loss `3.00`
   * @param perplexity `20`
   */
  loss: (loss: string, perplexity: string) => `loss ${loss}, perplexity ${perplexity}`,
  /** @param bits `1.545` */
  lossAndBits: (loss: string, perplexity: string, bits: string) =>
    `loss ${loss}, perplexity ${perplexity}, ${bits} bits per byte`,
  heldOutLoss: (loss: string, perplexity: string) =>
    `held-out loss ${loss}, perplexity ${perplexity}`,
  heldOutLossAndBits: (loss: string, perplexity: string, bits: string) =>
    `held-out loss ${loss}, perplexity ${perplexity}, ${bits} bits per byte`,
  ratesTried: 'Learning rates tried',
  /**
   * @param rate `0.0011`
   * @param loss `3.00`
   */
  rateTried: (rate: string, loss: string) => `${rate}: held-out loss ${loss}`,
  rateDiverged: (rate: string) => `${rate}: diverged`,
  bitsAtThatLoss: 'Bits per byte at that loss',
  learnedByHeart: 'Learned by heart',
  /**
   * Sequences of eight words in the tweets that the bot wrote last.
   * @param share `3%`
   */
  learnedOf: (share: string, shared: number, grams: number) =>
    byCount(grams, {
      one: `${share}: of the one sequence of eight words here, ${formatCount(shared)} stands in your tweets.`,
      other: `${share}: of ${formatCount(grams)} sequences of eight words here, ${formatCount(shared)} stand in your tweets.`,
    }),
  learnedInSamples: 'Learned by heart, in the last samples',
  /** @param share `3%` */
  learnedShort: (share: string) => `${share} of its sequences of eight words`,
};
