/** The choice Custom, and the bounds of training options. Bounds are written as numbers: `16`, `65,536`, `0.5`. */
import { MAX_WARMUP_STEPS } from '../../../domain/training-options.ts';
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const options: Catalogue['options'] = {
  custom: 'カスタム',
  customDescription: (preset) =>
    `「詳細設定」で自分の値を使います。設定しない項目には「${preset}」の値を使います。`,
  backToPreset: 'プリセットに戻す',
  bounds: {
    tokens: (min, max) => `${min}～${max}トークン。`,
    steps: (min, max) => `${min}～${max}ステップ。`,
    passes: (min, max) => `${min}～${max}回。`,
    evaluations: (min, max) => `評価${min}～${max}回。`,
    share: (min, max) => `${min}～${max}の割合。`,
    none: (min, max) => `${min}～${max}、単位なし。`,
  },
  /** The fields under Advanced, by the names of the options. */
  fields: {
    mode: {
      label: '学習する部分',
      hint: 'アダプターは必要なメモリーと容量が少ない代わりに、あなたについて学ぶ量が少し減ります。',
      choices: { full: 'モデル全体', lora: '小さなアダプター（LoRA）' },
    },
    loraRank: {
      label: 'アダプターのサイズ',
      hint: 'アダプターの行列のランクです。大きいほど多くを学べますが、メモリーも多く使います。',
    },
    checkpointing: {
      label: 'メモリーを節約',
      hint: '一部の値を保存せずに計算し直します。時間は4分の1ほど長くなります。',
    },
    steps: {
      label: 'ステップ数',
      hint: 'ボットを調整する回数です。設定すると、「エポック数」は無効になります。',
    },
    epochs: { label: 'エポック数', hint: 'すべてのツイートを読む回数です。' },
    learningRate: {
      label: '学習率',
      hint: '1ステップでボットを変える大きさの上限です。',
    },
    tokensPerStep: {
      label: 'ステップごとのトークン数',
      hint: '1回変えるまでに読む量です。ブロック単位で指定します。',
    },
    blockLength: {
      label: 'ブロック長',
      hint: '一度に見る文章の長さです。上限はモデルで決まります。',
    },
    dropout: {
      label: 'ドロップアウト',
      hint: '丸暗記を防ぐために、各ステップで0にする活性値の割合です。',
    },
    warmup: {
      label: 'ウォームアップ',
      hint: `学習率を上げていく期間の、全ステップに対する割合です。最大で${MAX_WARMUP_STEPS}ステップです。`,
    },
    replyContext: {
      label: '返信も学ぶ',
      hint: (count) =>
        `あなたのツイートのうち${formatCount(count)}件は、自分の別のツイートへの返信か引用です。元のツイートに続けて読ませると、ボットは返信のしかたを学びます。ほかの人が書いたものは、どのアーカイブにもありません。`,
    },
    weightDecay: {
      label: '重み減衰',
      hint: '各ステップで重みを0に近づける強さです。',
    },
    patience: {
      label: '早期終了までの回数',
      hint: '検証用ツイートの評価で損失がこの回数だけ改善しないと、早めに終わります。0なら早期終了しません。',
    },
    isUnmixed: {
      label: '学習したままの重みを使う',
      hint: 'オフのときは、検証用ツイートをよりよく予測できる場合に、学習前の重みと混ぜます。',
    },
    seed: {
      label: 'シード',
      hint: '同じシード、設定、ツイートなら、同じコンピュータで同じボットになります。',
    },
  },
  placeholders: { preset: 'プリセットの値', model: 'モデルの値', random: 'ランダム' },
  hasNoEffect: '「ステップ数」が設定されているため、無効です。',
  tooMuch: 'このモデル全体を学習するのは重すぎます。',
  conflicts: {
    context: (most) => `このモデルが一度に見られるのは最大${formatCount(most)}トークンです。`,
    step: (most) =>
      `ブロックは1ステップより長くできません。1ステップは${formatCount(most)}トークンです。`,
    wholeBlocks: (tokens) =>
      `1ステップはブロックの整数倍にする必要があります。${formatCount(tokens)}を入力してください。`,
    wholeBlocksEither: (below, above) =>
      `1ステップはブロックの整数倍にする必要があります。${formatCount(below)}か${formatCount(above)}を入力してください。`,
  },
};
