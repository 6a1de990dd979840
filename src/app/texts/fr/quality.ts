/** How well a bot predicts held-out tweets, and how much it has learned by heart, in French. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quality: Catalogue['quality'] = {
  loss: (loss: string, perplexity: string) => `perte ${loss}, perplexité ${perplexity}`,
  lossAndBits: (loss: string, perplexity: string, bits: string) =>
    `perte ${loss}, perplexité ${perplexity}, bits par octet : ${bits}`,
  heldOutLoss: (loss: string, perplexity: string) =>
    `perte sur les tweets mis de côté ${loss}, perplexité ${perplexity}`,
  heldOutLossAndBits: (loss: string, perplexity: string, bits: string) =>
    `perte sur les tweets mis de côté ${loss}, perplexité ${perplexity}, bits par octet : ${bits}`,
  ratesTried: 'Taux d’apprentissage essayés',
  rateTried: (rate: string, loss: string) => `${rate} : perte sur les tweets mis de côté ${loss}`,
  rateDiverged: (rate: string) => `${rate} : a divergé`,
  bitsAtThatLoss: 'Bits par octet à cette perte',
  learnedByHeart: 'Appris par cœur',
  learnedOf: (share: string, shared: number, grams: number) =>
    byCount(grams, {
      one: `${share} : sur ${formatCount(grams)} suite de huit mots ici, ${formatCount(shared)} figure dans vos tweets.`,
      other: `${share} : sur ${formatCount(grams)} suites de huit mots ici, ${formatCount(shared)} figurent dans vos tweets.`,
    }),
  learnedInSamples: 'Appris par cœur, dans les derniers échantillons',
  learnedShort: (share: string) => `${share} de ses suites de huit mots`,
};
