/** How well a bot predicts held-out tweets, and how much it has learned by heart. */
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quality: Catalogue['quality'] = {
  loss: (loss, perplexity) => `损失 ${loss}，困惑度 ${perplexity}`,
  lossAndBits: (loss, perplexity, bits) =>
    `损失 ${loss}，困惑度 ${perplexity}，每字节 ${bits} 比特`,
  heldOutLoss: (loss, perplexity) => `验证损失 ${loss}，困惑度 ${perplexity}`,
  heldOutLossAndBits: (loss, perplexity, bits) =>
    `验证损失 ${loss}，困惑度 ${perplexity}，每字节 ${bits} 比特`,
  ratesTried: '试过的学习率',
  rateTried: (rate, loss) => `${rate}：验证损失 ${loss}`,
  rateDiverged: (rate) => `${rate}：发散`,
  bitsAtThatLoss: '该损失下的每字节比特数',
  learnedByHeart: '背下来的内容',
  learnedOf: (share, shared, grams) =>
    `${share}：这里 ${formatCount(grams)} 个八词序列中，有 ${formatCount(shared)} 个出现在你的推文里。`,
  learnedInSamples: '最后的样本中背下来的内容',
  learnedShort: (share) => `占其八词序列的 ${share}`,
};
