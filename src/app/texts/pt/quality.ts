/** How well a bot predicts held-out tweets, and how much it has learned by heart. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quality: Catalogue['quality'] = {
  loss: (loss, perplexity) => `perda ${loss}, perplexidade ${perplexity}`,
  lossAndBits: (loss, perplexity, bits) =>
    `perda ${loss}, perplexidade ${perplexity}, ${bits} bits por byte`,
  heldOutLoss: (loss, perplexity) =>
    `perda nos tweets reservados ${loss}, perplexidade ${perplexity}`,
  heldOutLossAndBits: (loss, perplexity, bits) =>
    `perda nos tweets reservados ${loss}, perplexidade ${perplexity}, ${bits} bits por byte`,
  ratesTried: 'Taxas de aprendizado testadas',
  rateTried: (rate, loss) => `${rate}: perda nos tweets reservados ${loss}`,
  rateDiverged: (rate) => `${rate}: divergiu`,
  bitsAtThatLoss: 'Bits por byte com essa perda',
  learnedByHeart: 'Decorado',
  learnedOf: (share, shared, grams) =>
    byCount(grams, {
      one: `${share}: da única sequência de oito palavras daqui, ${formatCount(shared)} está nos seus tweets.`,
      other: `${share}: de ${formatCount(grams)} sequências de oito palavras daqui, ${formatCount(shared)} estão nos seus tweets.`,
    }),
  learnedInSamples: 'Decorado, nas últimas amostras',
  learnedShort: (share) => `${share} das sequências de oito palavras`,
};
