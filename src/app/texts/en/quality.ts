/** How well a bot predicts held-out tweets. */

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
  bitsAtThatLoss: 'Bits per byte at that loss',
};
