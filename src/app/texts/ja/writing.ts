/** Step 3: the studio in which a bot writes, and what it has written. */
import { formatCount, formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const writing: Catalogue['writing'] = {
  /** The mark of what a machine has written. */
  ai: 'AI',
  placeholder: '書き出しを入力（空欄でもかまいません）',
  pasteTweet: '返信するツイートを貼り付け',
  replyHint:
    'ボットは書く前にこれを読みますが、返信には含めません。このボットは返信を学んでいないので、かみ合わない返信になることもあります。',
  replyHintTrained: (count) =>
    `ボットは書く前にこれを読みますが、返信には含めません。返信のしかたは、あなた自身のツイートへの返信${formatCount(count)}件から学びました。`,
  inReplyTo: (tweet) => `「${tweet}」への返信`,
  howMany: 'ツイートの件数',
  tweets: (count) => `ツイート${formatCount(count)}件`,
  write: '書く',
  stopping: '止めています…',
  gettingReady: '準備しています…',
  writing: '書いています…',
  tweetsOf: (done, total) => `ツイート${formatCount(total)}件中${formatCount(done)}件`,
  writtenOf: (bold, done, total) => [
    bold(`${formatCount(total)}件中${formatCount(done)}件`),
    'を書きました。その間も、読んだり、残したり、捨てたりできます。',
  ],
  writtenOfLeft: (bold, done, total, left) => [
    bold(`${formatCount(total)}件中${formatCount(done)}件`),
    `を書きました。残り${left}です。その間も、読んだり、残したり、捨てたりできます。`,
  ],

  /* How daring */
  moods: { safe: '堅実', balanced: 'バランス', playful: '遊び心', wild: '大胆' },
  ownSettings: (numbers) => `あなたの設定：${numbers}`,
  numbers: {
    temperature: (value) => `温度 ${formatNumber(value)}`,
    topP: (value) => `Top-p ${formatNumber(value)}`,
    topK: (value) => `Top-k ${formatNumber(value)}`,
    minP: (value) => `Min-p ${formatNumber(value)}`,
    typicalP: (value) => `Typical-p ${formatNumber(value)}`,
    repetitionPenalty: (value) => `繰り返しペナルティ ${formatNumber(value)}`,
    noRepeatNgram: (value) => `${formatNumber(value)}-gramの繰り返しなし`,
  },

  compareHint:
    'どちらも同じ書き出しと同じシードで書くので、違いはここで選んだものだけです。書かれたものはそれぞれのボットに残ります。',
  notWritten: 'ここには何も書かれませんでした。',

  /* Advanced */
  hints: {
    count: '一度に書くツイートの件数です。',
    temperature: '高いほど意外な文に、低いほど予想しやすい文になります。',
    topP: '確率の高い単語から、確率の合計がこの値になるまでの中から選びます。',
    topK: '確率の高い単語をこの数だけ候補にします。0ならすべてです。',
    minP: '最も確率の高い単語に対して、この割合以上の確率を持つ単語から選びます。0ならすべてです。',
    typicalP:
      '意外さが平均に近い単語から、確率の合計がこの値になるまでの中から選びます。1ならすべてです。',
    repetitionPenalty: '1より大きいと、同じ言葉の繰り返しが減ります。1なら効果はありません。',
    noRepeatNgram:
      'この数のトークンの並びが、1つのツイートに2回現れないようにします。0なら繰り返しを許します。',
    maxCharacters: '長いツイートは、文か単語の切れ目で切ります。',
    maxTokens: '1トークンは英単語の約¾です。',
    seed: '同じシードからは同じツイートができます。',
    endsWithSentence: '最後の完全な文より後の部分を切り取ります。',
    avoidCopies: '実際のツイートをほとんど丸写ししたものは、最大3回まで書き直します。',
  },
  randomSeed: 'ランダム',
  /** Where a random seed is used instead of one that is no number. */
  aRandomOne: 'ランダムな値',

  /* A batch */
  withoutStart: '書き出しなし',
  quoted: (start) => `「${start}」`,
  seedIs: (seed) => `シード ${seed}`,
  useAgain: 'もう一度使う',
  inForm: '書き出し、設定、シードを入力欄に入れました。',

  /* A tweet */
  wholeCopy: '実際のツイートの丸写し',
  partlyCopied: '一部が実際のツイートと同じ',
  originalDeleted: 'そのツイートはここから削除されています。',
  edited: '編集済み',
  pinned: '固定済み',
  isKept: '残した',
  isPinned: '固定中',
  moreLike: (start) => `「${start}」で始まるものをあと5件`,
  postHint: 'この文章を入れてx.comを開きます。押すまで何も送信されません。',
  cantShare: 'ブラウザで共有できませんでした。代わりにコピーしてください。',
  pictureSaved: '画像を保存しました。',
  cantDraw: 'ブラウザで画像を描けませんでした。',
  pictureFoot: 'ツイートから学んだAIが書きました · Mynah',
  cancel: 'キャンセル',
  copy: 'コピー',
  copied: 'コピー済み',
  notAllowed: '許可されません',
  hasCopied: 'コピーしました。',
  cantCopy: 'ブラウザがコピーを許可していません。代わりにテキストを選択してください。',

  /* What was just done */
  done: {
    dropped: '捨てました。',
    changed: '変更しました。',
    triedAgain: '書き直しました。',
  },
  undone: {
    dropped: '捨てたものを元に戻しました。',
    changed: '変更を元に戻しました。',
    triedAgain: '書き直す前に戻しました。',
  },
  undo: '元に戻す',
  dismiss: '閉じる',
  kept: '残しました。',
  noLongerKept: '残すのをやめました。',
  back: 'ツイートの一覧に戻しました。',
  pinnedToTop: '一番上に固定しました。',
  noLongerPinned: '固定を解除しました。',
  deleted: (count) => `${formatCount(count)}件のツイートを削除しました。`,

  /* The keys */
  keys: {
    next: '次のツイート',
    previous: '前のツイート',
    keep: '残す、または残すのをやめる',
    drop: '捨てる',
    undo: '元に戻す',
    edit: '編集する',
    copy: 'コピーする',
    pin: '一番上に固定する',
    again: '書き直す',
    more: '似たものをもっと',
    continue: '続きを書く',
    search: '検索',
    help: 'キー操作を表示',
  },

  /* The list */
  filters: { all: 'すべて', kept: '残した', dropped: '捨てた' },
  search: '検索',
  confirmDelete: (count) => `捨てたツイート${formatCount(count)}件を完全に削除しますか？`,
  delete: '削除',
  stoppedEmpty: '何も書き終わらないうちに止めました。',
  empty: '書いたものはここに並び、ボットと一緒に残ります。',
  noneFound: '書いたものの中に、これらの単語を含むものはありません。',
  noneKept: 'まだ何も残していません。「残す」かSキーを押してください。',
  noneDropped: '捨てたものはありません。',
  allDropped: 'すべて捨てました。',

  /* Downloads */
  asListed: (bold, count) => [
    '下の一覧の',
    bold(`ツイート${formatCount(count)}件`),
    'です。TXT以外のファイルには、各ツイートの書き出し、設定、シードも入ります。',
  ],
  copyAll: 'すべてコピー',
  inYourTime: 'あなたのタイムゾーンの時刻です。ファイルではUTCになります。',
  chooseTime: '日付と時刻を選んでください。',
  hoursHint: '1つのツイートから次のツイートまでの時間です。',
};
