/** Step 2: training a bot. The names of its options are in `options.ts`. */
import {
  formatBytes,
  formatChance,
  formatCount,
  formatDuration,
  formatList,
  formatMillions,
  formatPercent,
  formatProgress,
  formatRough,
} from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

/** `4 遍推文`, `2.7% 的推文`: stands behind a verb of reading. */
function passes(epochs: number): string {
  const rounded = Math.round(epochs * 10) / 10;
  if (rounded < 1) return `${formatChance(epochs)} 的推文`;
  return `${formatRough(rounded)} 遍推文`;
}

export const training: Catalogue['training'] = {
  /* The form */
  howLong: '可以花多长时间？',
  presets: {
    quick: {
      label: '快速',
      description: '把你的推文读两遍，学到你的用词和话题。',
    },
    good: {
      label: '良好',
      description: '把你的推文最多读四遍，在变成死记硬背之前停止。适合推文较多的情况。',
    },
    best: {
      label: '最佳',
      description:
        '用三个学习率各试读一遍，再用最好的一个继续，最多八遍。适合推文非常多或风格独特的情况。',
    },
    huggingtweets: {
      label: 'huggingtweets',
      description: '此页面所仿照的 huggingtweets 的设置，可用于比较。',
    },
  },
  takes: (time) => `在此需要${time}。`,
  recommended: '推荐。',
  estimatingStart: '正在估算所需时间…估算完成后立即开始训练。',
  time: '时间',
  memory: '内存',
  steps: '步数',
  repeats: (bold, name) => [
    bold(`重新训练 ${name}。`),
    '它的训练配置已填入“高级设置”，你可以在那里修改。',
  ],
  sameTweets: '推文相同。',
  addItsTweets: '请在步骤 1 中添加它学习过的推文。',
  otherTweets: '这些推文与它学习过的推文不完全相同。',
  itsModelMissing: (model) =>
    model === null
      ? '它的基础模型不在这里：请在上面选择。'
      : `它的基础模型是 ${model}，不在这里：请在上面选择。`,
  hideThis: '隐藏',

  /* What computes */
  lookingForFastest: '正在寻找这里最快的计算方式…',
  nothingComputes: '还没有可用的计算方式。',
  fastest: '这里最快的',
  backends: {
    webgpu: '显卡（WebGPU）',
    wasm: '处理器（WebAssembly）',
    cpu: '处理器，慢速（JavaScript）',
  },
  cardWorks: (card) => `由你的显卡计算：${card}。`,
  /** Who does the work, as a clause that `computes` takes. */
  workers: {
    software: (adapter) => `由软件模拟的显卡计算（${adapter}）`,
    wasm: (threads) => `由你的处理器计算（${formatCount(threads)} 个线程）`,
    cpu: '由你的处理器以较慢的方式计算（纯 JavaScript）',
  },
  /** Who does the work, and why it is no graphics card. */
  computes: {
    requested: (worker) => `按你的选择，${worker}。`,
    'software-gpu': (worker) => `此浏览器的显卡只是软件模拟的，因此${worker}。速度会慢一些。`,
    'no-webgpu': (worker) => `此浏览器在这里不提供显卡，因此${worker}。速度会慢一些。`,
    'no-adapter': (worker) => `此浏览器在这里不提供显卡，因此${worker}。速度会慢一些。`,
    'gpu-wrong-numbers': (worker) =>
      `这台电脑的显卡在简短测试中给出了错误的数值，因此${worker}。更新显卡驱动或浏览器可能会有帮助。`,
    'gpu-wrong-model': (worker) =>
      `这台电脑的显卡在计算整个模型时给出了错误的数值，因此${worker}。更新显卡驱动或浏览器可能会有帮助。`,
    'gpu-refused': (worker) =>
      `此浏览器无法使用这台电脑的显卡，因此${worker}。重启浏览器可能会有帮助。`,
    'gpu-no-answer': (worker) => `这台电脑的显卡没有响应，因此${worker}。重启浏览器可能会有帮助。`,
    'gpu-lost': (worker) =>
      `这台电脑的显卡停止了工作，因此${worker}。更新显卡驱动或浏览器可能会有帮助。`,
    'gpu-failed': (worker) =>
      `这台电脑的显卡报告了错误，因此${worker}。更新显卡驱动或浏览器可能会有帮助。`,
    'processor-faster': (worker) =>
      `在简短测试中，这台电脑的显卡处理这么小的模型反而更慢，因此${worker}。`,
    'hardware-gpu': (worker) => `${worker}。`,
  },
  wasmFaults: {
    'no-webassembly': '此浏览器没有 WebAssembly，否则会快很多倍。',
    'wasm-refused': '此浏览器被设置为拒绝 WebAssembly，否则会快很多倍。',
    'wasm-failed': '无法启动 WebAssembly，否则会快很多倍。',
  },

  /* Why it can't start */
  blocked: {
    noTweets: '在步骤 1 中有推文后，即可开始训练。',
    tooFew: (needed) => `保留的推文至少有 ${formatCount(needed)} 个字符后，即可开始训练。`,
    noneYet: '目前还没有：请在步骤 1 中添加更多推文。',
    noneYetKeep: '目前还没有：请在步骤 1 中保留更多推文，或添加一些。',
    soFar: (characters) => `目前有 ${formatCount(characters)} 个字符：请在步骤 1 中添加更多推文。`,
    soFarKeep: (characters) =>
      `目前有 ${formatCount(characters)} 个字符：请在步骤 1 中保留更多推文，或添加一些。`,
    noModel: '选择或添加另一个模型后，即可开始训练。',
    modelMissing: (name) => `${name} 下载完成后，即可开始训练。`,
    invalid: (options, advanced) => `更正“${advanced}”中的${formatList(options)}后，即可开始训练。`,
    starting: '确定这里最快的计算方式后，即可开始训练，请稍候。',
    unavailable: (computeWith) =>
      `有可用的计算方式后，即可开始训练：请在下面的“${computeWith}”中选择其他方式。`,
    elsewhere: '关闭另一个标签页中的 Mynah 后，即可开始训练。',
    lost: '引擎恢复运行后，即可开始训练：请在页面顶部重启它。',
    planning: '马上就可以开始训练：正在估算所需时间…',
    importing: '读完所有推文后，即可开始训练。',
    training: '正在训练的机器人完成或暂停后，即可开始训练。',
    writing: '正在写的推文完成或停止后，即可开始训练。',
  },

  /* Phases */
  estimating: '估算',
  gettingReady: '准备',
  phases: {
    'loading-model': '加载模型',
    tokenizing: '把推文切分为 token',
    compiling: '准备显卡',
    timing: '测量几步的时间',
    checking: '检查显卡',
    trying: '尝试学习率',
    training: '训练',
    settling: '选择要保留的权重',
    saving: '保存',
  },
  phasePart: (phase, share) => `${phase}，${formatProgress(share)}`,
  underway: (phase) => `正在${phase}…`,

  /* The plan */
  reads: (epochs) => `读 ${passes(epochs)}。`,
  soThatItFits: (savings) => `为了能放得下，${formatList(savings)}。`,
  savings: {
    adapter: '只训练小型适配器而非整个模型',
    halves: '以较低精度保存部分中间结果',
    isOn: (option) => `开启“${option}”`,
  },
  modelHas: (parameters) => `模型有 ${formatMillions(parameters)} 个参数。`,
  adapterHas: (trained, parameters) =>
    `适配器有 ${formatMillions(trained)} 个参数，模型的 ${formatMillions(parameters)} 个参数保持不变。`,
  readsAt: (speed) => `读取速度为 ${speed}。`,
  memoryIs: (weights, gradients, moments, rest) =>
    `内存用途：${formatList([
      `模型 ${formatBytes(weights)}`,
      `每一步的改动 ${formatBytes(gradients)}`,
      `对之前各步的记忆 ${formatBytes(moments)}`,
      `工作空间 ${formatBytes(rest)}`,
    ])}。`,
  trainedAll: (parameters) => `全部 ${formatMillions(parameters)} 个参数`,
  trainedAdapter: (parameters) => `${formatMillions(parameters)} 个参数的适配器`,

  /* A running training */
  live: '训练进行中',
  stepOf: (step, steps) => `第 ${formatCount(step)} 步，共 ${formatCount(steps)} 步`,
  stepOfInRow: (step, steps) => `第 ${formatCount(step)} 步，共 ${formatCount(steps)} 步`,
  skipped: (steps) => `跳过了 ${formatCount(steps)} 步，因为梯度不是有限的数。`,
  savedAsItGoes: '边训练边保存：关闭标签页后，以后可以继续。',
  pausing: '正在暂停…',
  finishing: '正在收尾…',
  secondsLeft: (seconds) => `剩余 ${formatDuration(seconds)}`,
  learningRateIs: (rate) => `学习率 ${rate}`,
  gradientNormIs: (norm) => `裁剪前的梯度范数 ${norm}`,
  wouldWriteNow: '它现在会写什么',
  atStep: (step) => `第 ${formatCount(step)} 步时`,
  it: '机器人',

  /* One that isn't finished */
  pausedAt: (step, steps) => `已暂停：第 ${formatCount(step)} 步，共 ${formatCount(steps)} 步`,
  interruptedAt: (step, steps) => `已中断：第 ${formatCount(step)} 步，共 ${formatCount(steps)} 步`,
  startOver: '重新开始',
  tweetsDeleted: '它学习的推文已在此删除，因此无法继续。',
  stillWrites: '它仍能用学到的内容写推文。',
  allSaved: '目前的一切都已保存。',
  pageWasClosed: '训练期间页面被关闭。已保存的内容都在这里。',

  /* A finished one */
  facts: {
    steps: '步数',
    passes: '读推文的遍数',
    speed: '速度',
    trained: '训练内容',
    learningRate: '学习率',
    blockLength: '块长度',
    batch: '批次',
    seed: '随机种子',
    computedWith: '计算设备',
    finished: '完成时间',
    size: '大小',
  },
  tokens: (count) => `${formatCount(count)} 个 token`,
  batch: (tokens, blocks) => `每步 ${formatCount(tokens)} 个 token，每次 ${formatCount(blocks)} 块`,
  stepsOf: (done, planned) => `${formatCount(done)} / ${formatCount(planned)}`,
  stepsOfSkipped: (done, planned, skipped) =>
    `${formatCount(done)} / ${formatCount(planned)}，跳过 ${formatCount(skipped)}`,
  adapterOf: (adapter, backend) => `${adapter}（${backend}）`,
  trainAnother: '再训练一个机器人',
  bestAfterPass: (pass) =>
    `读完第 ${formatCount(pass)} 遍之后，它开始死记硬背，因此它按当时的状态写推文。`,
  bestAfter: (epochs) => `读了 ${passes(epochs)}之后，它开始死记硬背，因此它按当时的状态写推文。`,
  bestWhenStopped: (epochs) => `到你停止为止，它读了 ${passes(epochs)}，最后的状态最好。`,
  bestAtEnd: (epochs) => `它读了 ${passes(epochs)}，最后的状态最好：多读几遍可能会更好。`,
  mixed: (learned) =>
    `它的权重由 ${formatPercent(learned)} 学到的内容和 ${formatPercent(1 - learned)} 的初始模型混合而成，这样最能预测未见过的推文。`,
};
