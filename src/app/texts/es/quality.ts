/** How well a bot predicts held-out tweets, and how much it has learned by heart. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quality: Catalogue['quality'] = {
  loss: (loss, perplexity) => `pérdida ${loss}, perplejidad ${perplexity}`,
  lossAndBits: (loss, perplexity, bits) =>
    `pérdida ${loss}, perplejidad ${perplexity}, ${bits} bits por byte`,
  heldOutLoss: (loss, perplexity) =>
    `pérdida en los tuits reservados ${loss}, perplejidad ${perplexity}`,
  heldOutLossAndBits: (loss, perplexity, bits) =>
    `pérdida en los tuits reservados ${loss}, perplejidad ${perplexity}, ${bits} bits por byte`,
  ratesTried: 'Tasas de aprendizaje probadas',
  rateTried: (rate, loss) => `${rate}: pérdida en los tuits reservados ${loss}`,
  rateDiverged: (rate) => `${rate}: divergió`,
  bitsAtThatLoss: 'Bits por byte con esa pérdida',
  learnedByHeart: 'Aprendido de memoria',
  learnedOf: (share, shared, grams) =>
    byCount(grams, {
      one: `${share}: de la única secuencia de ocho palabras que hay aquí, ${formatCount(shared)} está en tus tuits.`,
      other: `${share}: de ${formatCount(grams)} secuencias de ocho palabras que hay aquí, ${formatCount(shared)} están en tus tuits.`,
    }),
  learnedInSamples: 'Aprendido de memoria, en las últimas muestras',
  learnedShort: (share) => `${share} de sus secuencias de ocho palabras`,
};
