/** The choice Custom, and the bounds of training options. Bounds are written as numbers: `16`, `65,536`, `0.5`. */
import { MAX_WARMUP_STEPS } from '../../../domain/training-options.ts';
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const options: Catalogue['options'] = {
  custom: '自定义',
  customDescription: (preset) => `在“高级设置”中使用你自己的值。未设置的项目使用“${preset}”的值。`,
  backToPreset: '恢复预设',
  bounds: {
    tokens: (min, max) => `${min} 到 ${max} 个 token。`,
    steps: (min, max) => `${min} 到 ${max} 步。`,
    passes: (min, max) => `${min} 到 ${max} 遍。`,
    evaluations: (min, max) => `${min} 到 ${max} 次评估。`,
    share: (min, max) => `${min} 到 ${max} 的比例。`,
    none: (min, max) => `${min} 到 ${max}，无单位。`,
  },
  /** The fields under Advanced, by the names of the options. */
  fields: {
    mode: {
      label: '训练内容',
      hint: '适配器所需的内存和空间更少，但对你的学习也会略少。',
      choices: { full: '整个模型', lora: '小型适配器（LoRA）' },
    },
    loraRank: {
      label: '适配器大小',
      hint: '适配器矩阵的秩：越大能学到的越多，占用的内存也越多。',
    },
    checkpointing: {
      label: '节省内存',
      hint: '有些内容不保存，而是重新计算，时间约增加四分之一。',
    },
    steps: {
      label: '步数',
      hint: '调整机器人的次数。设置后，“轮数”不起作用。',
    },
    epochs: { label: '轮数', hint: '读完你所有推文的遍数。' },
    learningRate: { label: '学习率', hint: '每一步最多改变机器人多少。' },
    tokensPerStep: {
      label: '每步 token 数',
      hint: '每次调整前读取的量，须为整块。',
    },
    blockLength: {
      label: '块长度',
      hint: '一次能看到的文本长度，最多为模型的上限。',
    },
    dropout: {
      label: 'Dropout',
      hint: '每一步中置零的激活值比例，用来防止死记硬背。',
    },
    warmup: {
      label: '预热',
      hint: `学习率逐渐上升的步数占总步数的比例，最多 ${MAX_WARMUP_STEPS} 步。`,
    },
    replyContext: {
      label: '学习回复',
      hint: (count) =>
        `你的推文中有 ${formatCount(count)} 条回复或引用了你自己的另一条推文。接在那条推文之后读，机器人就能学会回复。任何存档中都没有别人写的内容。`,
    },
    weightDecay: {
      label: '权重衰减',
      hint: '每一步把权重拉向零的强度。',
    },
    patience: {
      label: '早停耐心值',
      hint: '在验证推文上连续评估这么多次而损失没有改善，就提前结束；0 表示从不提前结束。',
    },
    isUnmixed: {
      label: '保持训练所得的权重',
      hint: '否则，如果混合后能更好地预测验证推文，就把它的权重与初始权重混合。',
    },
    seed: {
      label: '随机种子',
      hint: '在同一台电脑上，相同的种子、设置和推文会得到相同的机器人。',
    },
  },
  placeholders: { preset: '来自预设', model: '来自模型', random: '随机' },
  hasNoEffect: '已设置步数，因此这里不起作用。',
  tooMuch: '训练整个模型负担过重。',
  conflicts: {
    context: (most) => `此模型一次最多看到 ${formatCount(most)} 个 token。`,
    step: (most) => `块不能比一步更长，一步有 ${formatCount(most)} 个 token。`,
    wholeBlocks: (tokens) => `一步必须是整数个块：请输入 ${formatCount(tokens)}。`,
    wholeBlocksEither: (below, above) =>
      `一步必须是整数个块：请输入 ${formatCount(below)} 或 ${formatCount(above)}。`,
  },
};
