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

/** `ツイート全体を4回`, `ツイートの2.7%を`: a verb of reading follows. */
function passes(epochs: number): string {
  const rounded = Math.round(epochs * 10) / 10;
  if (rounded < 1) return `ツイートの${formatChance(epochs)}を`;
  return `ツイート全体を${formatRough(rounded)}回`;
}

export const training: Catalogue['training'] = {
  /* The form */
  howLong: 'どれくらい時間をかけますか？',
  presets: {
    quick: {
      label: '速い',
      description: 'ツイートを2回読み、あなたの言葉と話題を覚えます。',
    },
    good: {
      label: '良い',
      description:
        'ツイートを最大4回読み、丸暗記になる前に止まります。ツイートが多いときに向いています。',
    },
    best: {
      label: '最良',
      description:
        '3つの学習率を1回ずつ試し、最も良いもので最大8回まで続けます。ツイートがとても多いときや、変わったツイートに向いています。',
    },
    huggingtweets: {
      label: 'huggingtweets',
      description: 'このページの手本であるhuggingtweetsの設定です。比較に使えます。',
    },
  },
  takes: (time) => `ここでの所要時間は${time}です。`,
  recommended: 'おすすめです。',
  estimatingStart: '所要時間を見積もっています…わかりしだい学習を始めます。',
  time: '時間',
  memory: 'メモリー',
  steps: 'ステップ数',
  repeats: (bold, name) => [
    bold(`${name}を再実行します。`),
    'そのレシピを「詳細設定」に入れてあります。そこで変更できます。',
  ],
  sameTweets: 'ツイートは同じです。',
  addItsTweets: '学習に使ったツイートを手順1で追加してください。',
  otherTweets: '学習に使ったツイートと完全には同じではありません。',
  itsModelMissing: (model) =>
    model === null
      ? 'ここにないモデルから始めたものです。上でそれを選んでください。'
      : `${model}から始めたものですが、ここにありません。上でそれを選んでください。`,
  hideThis: 'これを隠す',

  /* What computes */
  lookingForFastest: 'ここで最も速く計算できるものを探しています…',
  nothingComputes: 'まだ計算に使うものがありません。',
  fastest: 'ここで最も速いもの',
  backends: {
    webgpu: 'グラフィックカード（WebGPU）',
    wasm: 'プロセッサ（WebAssembly）',
    cpu: 'プロセッサ、低速（JavaScript）',
  },
  cardWorks: (card) => `グラフィックカードで計算します：${card}。`,
  /** Who does the work, as a clause that `computes` takes. */
  workers: {
    software: (adapter) => `ソフトウェアで再現したグラフィックカードで計算します（${adapter}）`,
    wasm: (threads) => `プロセッサで計算します（${formatCount(threads)}スレッド）`,
    cpu: 'プロセッサで、遅い方法（JavaScriptのみ）で計算します',
  },
  /** Who does the work, and why it is no graphics card. */
  computes: {
    requested: (worker) => `選択のとおり、${worker}。`,
    'software-gpu': (worker) =>
      `このブラウザのグラフィックカードはソフトウェアで再現されたものなので、${worker}。時間は長めにかかります。`,
    'no-webgpu': (worker) =>
      `このブラウザはここでグラフィックカードを使えないので、${worker}。時間は長めにかかります。`,
    'no-adapter': (worker) =>
      `このブラウザはここでグラフィックカードを使えないので、${worker}。時間は長めにかかります。`,
    'gpu-wrong-numbers': (worker) =>
      `このコンピュータのグラフィックカードは短いテストで誤った数値を返したので、${worker}。グラフィックドライバーやブラウザを更新すると直ることがあります。`,
    'gpu-wrong-model': (worker) =>
      `このコンピュータのグラフィックカードはモデル全体の計算で誤った数値を返したので、${worker}。グラフィックドライバーやブラウザを更新すると直ることがあります。`,
    'gpu-refused': (worker) =>
      `このブラウザはこのコンピュータのグラフィックカードを開けなかったので、${worker}。ブラウザを再起動すると直ることがあります。`,
    'gpu-no-answer': (worker) =>
      `このコンピュータのグラフィックカードが応答しなかったので、${worker}。ブラウザを再起動すると直ることがあります。`,
    'gpu-lost': (worker) =>
      `このコンピュータのグラフィックカードが動かなくなったので、${worker}。グラフィックドライバーやブラウザを更新すると直ることがあります。`,
    'gpu-failed': (worker) =>
      `このコンピュータのグラフィックカードはエラーを報告したので、${worker}。グラフィックドライバーやブラウザを更新すると直ることがあります。`,
    'processor-faster': (worker) =>
      `これほど小さいモデルでは、短いテストの結果、このコンピュータのグラフィックカードのほうが遅かったので、${worker}。`,
    'hardware-gpu': (worker) => `${worker}。`,
  },
  wasmFaults: {
    'no-webassembly': 'このブラウザには、何倍も速いWebAssemblyがありません。',
    'wasm-refused': 'このブラウザは、何倍も速いWebAssemblyを拒否する設定になっています。',
    'wasm-failed': '何倍も速いWebAssemblyを起動できませんでした。',
  },

  /* Why it can't start */
  blocked: {
    noTweets: '手順1にツイートを入れると、学習を始められます。',
    tooFew: (needed) =>
      `使うツイートが${formatCount(needed)}文字以上になると、学習を始められます。`,
    noneYet: 'まだありません。手順1でツイートを追加してください。',
    noneYetKeep: 'まだありません。手順1で残すツイートを増やすか、追加してください。',
    soFar: (characters) =>
      `今は${formatCount(characters)}文字です。手順1でツイートを追加してください。`,
    soFarKeep: (characters) =>
      `今は${formatCount(characters)}文字です。手順1で残すツイートを増やすか、追加してください。`,
    noModel: '別のモデルを選ぶか追加すると、学習を始められます。',
    modelMissing: (name) => `${name}のダウンロードが終わると、学習を始められます。`,
    invalid: (options, advanced) =>
      `「${advanced}」の${formatList(options)}を修正すると、学習を始められます。`,
    starting: 'ここで最も速く計算できるものがわかると、学習を始められます。少しお待ちください。',
    unavailable: (computeWith) =>
      `計算に使うものが決まると、学習を始められます。下の「${computeWith}」で別のものを選んでください。`,
    elsewhere: 'Mynahを別のタブで閉じると、学習を始められます。',
    lost: 'エンジンが動くと、学習を始められます。ページの上部で再起動してください。',
    planning: 'まもなく学習を始められます。所要時間を見積もっています…',
    importing: 'すべてのツイートを読み終わると、学習を始められます。',
    training: '学習中のボットが終わるか一時停止すると、学習を始められます。',
    writing: 'ツイートを書き終わるか止めると、学習を始められます。',
  },

  /* Phases */
  estimating: '見積もり中',
  gettingReady: '準備中',
  phases: {
    'loading-model': 'モデルの読み込み',
    tokenizing: 'ツイートをトークンに分割',
    compiling: 'グラフィックカードの準備',
    timing: '数ステップの時間を測定',
    checking: 'グラフィックカードの確認',
    trying: '学習率の試行',
    training: '学習',
    settling: '残すものの選択',
    saving: '保存',
  },
  phasePart: (phase, share) => `${phase}、${formatProgress(share)}`,
  underway: (phase) => `${phase}…`,

  /* The plan */
  reads: (epochs) => `${passes(epochs)}読みます。`,
  soThatItFits: (savings) => `メモリーに収まるように、${formatList(savings)}。`,
  savings: {
    adapter: 'モデル全体の代わりに小さなアダプターを学習します',
    halves: '途中結果の一部を少ない桁数で保持します',
    isOn: (option) => `「${option}」をオンにします`,
  },
  modelHas: (parameters) => `モデルのパラメータ数は${formatMillions(parameters)}です。`,
  adapterHas: (trained, parameters) =>
    `アダプターのパラメータ数は${formatMillions(trained)}です。モデルの${formatMillions(parameters)}個のパラメータは変わりません。`,
  readsAt: (speed) => `読む速さは${speed}です。`,
  memoryIs: (weights, gradients, moments, rest) =>
    `メモリーの内訳は、${formatList([
      `モデルに${formatBytes(weights)}`,
      `各ステップでの変更に${formatBytes(gradients)}`,
      `前のステップの記憶に${formatBytes(moments)}`,
      `作業領域に${formatBytes(rest)}`,
    ])}です。`,
  trainedAll: (parameters) => `全${formatMillions(parameters)}パラメータ`,
  trainedAdapter: (parameters) => `${formatMillions(parameters)}パラメータのアダプター`,

  /* A running training */
  live: '学習の進行中',
  stepOf: (step, steps) => `ステップ${formatCount(step)} / ${formatCount(steps)}`,
  stepOfInRow: (step, steps) => `ステップ${formatCount(step)} / ${formatCount(steps)}`,
  skipped: (steps) =>
    `勾配が有限の数ではなかったため、${formatCount(steps)}ステップを飛ばしました。`,
  savedAsItGoes: '進みながら保存しています。タブを閉じても、あとで続けられます。',
  pausing: '一時停止しています…',
  finishing: '仕上げています…',
  secondsLeft: (seconds) => `残り${formatDuration(seconds)}`,
  learningRateIs: (rate) => `学習率 ${rate}`,
  gradientNormIs: (norm) => `クリッピング前の勾配ノルム ${norm}`,
  wouldWriteNow: '今書くとしたら',
  atStep: (step) => `ステップ${formatCount(step)}の時点`,
  it: 'ボット',

  /* One that isn't finished */
  pausedAt: (step, steps) => `ステップ${formatCount(step)} / ${formatCount(steps)}で一時停止中`,
  interruptedAt: (step, steps) => `ステップ${formatCount(step)} / ${formatCount(steps)}で中断`,
  startOver: '最初からやり直す',
  tweetsDeleted: '学習していたツイートがここから削除されたため、続けられません。',
  stillWrites: '学んだことを使って書くことは、今でもできます。',
  allSaved: 'ここまでのすべてが保存されています。',
  pageWasClosed: '学習中にページが閉じられました。それまでに保存したものはここにあります。',

  /* A finished one */
  facts: {
    steps: 'ステップ数',
    passes: 'ツイートを読んだ回数',
    speed: '速度',
    trained: '学習した部分',
    learningRate: '学習率',
    blockLength: 'ブロック長',
    batch: 'バッチ',
    seed: 'シード',
    computedWith: '計算に使ったもの',
    finished: '終了',
    size: 'サイズ',
  },
  tokens: (count) => `${formatCount(count)}トークン`,
  batch: (tokens, blocks) =>
    `1ステップ${formatCount(tokens)}トークン、一度に${formatCount(blocks)}ブロック`,
  stepsOf: (done, planned) => `${formatCount(done)} / ${formatCount(planned)}`,
  stepsOfSkipped: (done, planned, skipped) =>
    `${formatCount(done)} / ${formatCount(planned)}、スキップ${formatCount(skipped)}`,
  adapterOf: (adapter, backend) => `${adapter}（${backend}）`,
  trainAnother: '別のボットを学習させる',
  bestAfterPass: (pass) =>
    `${formatCount(pass)}周目の後から丸暗記になり始めたので、その時点の状態で書きます。`,
  bestAfter: (epochs) =>
    `${passes(epochs)}読んだ後から丸暗記になり始めたので、その時点の状態で書きます。`,
  bestWhenStopped: (epochs) =>
    `あなたが止めるまでに${passes(epochs)}読み、最後の状態が最も良い結果でした。`,
  bestAtEnd: (epochs) =>
    `${passes(epochs)}読み、最後の状態が最も良い結果でした。もっと読ませると、さらに良くなるかもしれません。`,
  mixed: (learned) =>
    `重みは、学んだもの${formatPercent(learned)}と元のモデル${formatPercent(1 - learned)}を混ぜたものです。これが未見のツイートを最もよく予測します。`,
};
