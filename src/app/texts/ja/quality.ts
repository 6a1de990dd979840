/** How well a bot predicts held-out tweets, and how much it has learned by heart. */
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quality: Catalogue['quality'] = {
  loss: (loss, perplexity) => `損失 ${loss}、パープレキシティ ${perplexity}`,
  lossAndBits: (loss, perplexity, bits) =>
    `損失 ${loss}、パープレキシティ ${perplexity}、1バイトあたり${bits}ビット`,
  heldOutLoss: (loss, perplexity) => `検証損失 ${loss}、パープレキシティ ${perplexity}`,
  heldOutLossAndBits: (loss, perplexity, bits) =>
    `検証損失 ${loss}、パープレキシティ ${perplexity}、1バイトあたり${bits}ビット`,
  ratesTried: '試した学習率',
  rateTried: (rate, loss) => `${rate}：検証損失 ${loss}`,
  rateDiverged: (rate) => `${rate}：発散`,
  bitsAtThatLoss: 'その損失での1バイトあたりのビット数',
  learnedByHeart: '丸暗記',
  learnedOf: (share, shared, grams) =>
    `${share}：8単語の並び${formatCount(grams)}個のうち、${formatCount(shared)}個があなたのツイートにあります。`,
  learnedInSamples: '最後のサンプルでの丸暗記',
  learnedShort: (share) => `8単語の並びの${share}`,
};
