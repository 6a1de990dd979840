/** Step 1: the tweets. What is loaded with its charts, filters and list is in `explorer.ts`. */
import { formatBytes, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const data: Catalogue['data'] = {
  tweets: (count) => `ツイート${formatCount(count)}件`,
  tweetsKept: (count) => `${formatCount(count)}件のツイートを使用`,
  learnedFrom: (count) => `${formatCount(count)}件のツイートから学習（その後削除）`,
  learnedDeleted: 'これらのツイートはここから削除されました。ボットが学んだことは残ります。',
  learnedChanged: (kept) =>
    `これはボットの学習に使ったものです。その後ツイートが変わり、今は${formatCount(kept)}件を使う設定です。`,
  learnThem: 'ボットにこれらを学習させるには、「あなたのボット」の「追加学習」を押してください。',

  dropTitle: 'ここにTwitterのアーカイブをドロップ',
  dropFormats: '受け取ったままのZIP、そのフォルダー、またはJSON・CSV・テキスト形式のツイート',
  dropPromise: 'ドロップしたものは、このコンピュータから出ません。',
  dropHere: '手を離すと、鳥が読み始めます',
  chooseFiles: 'ファイルを選ぶ',
  chooseFolder: 'フォルダーを選ぶ',

  helpTitle: 'アーカイブの入手方法',
  helpOpen: (bold) => [
    'Xで',
    bold('設定とプライバシー'),
    '、',
    bold('アカウント'),
    '、',
    bold('データのアーカイブをダウンロード'),
    'の順に開きます。',
  ],
  helpRequest: (bold) => [
    '本人確認をして、',
    bold('アーカイブをリクエスト'),
    'を押します。Xが作成するのに1日ほどかかります。',
  ],
  helpDownload:
    '準備ができたとXから通知が来たら、ZIPファイルをダウンロードして、ここにドロップします。',
  helpFiles: (bold) => [
    'どんなに大きくても、展開する必要はありません。Mynahはその中からツイートを読み取り、メッセージや連絡先、画像や動画は開きません（プロフィール画像だけは例外です）。展開したフォルダーや、',
    bold('data/tweets.js'),
    '（',
    bold('tweets-part1.js'),
    'などがあればそれも一緒に）をドロップしてもかまいません。どの年のアーカイブでも使えます。MastodonやBlueskyのエクスポート、プロフィールをスクロールしながらブラウザが記録したもの（',
    bold('.har'),
    '）、そして複数をまとめて渡すこともできます。アーカイブと並んでいるほかのファイルは読みません。',
  ],
  withHidden: '最近削除したツイートや、公開されなかったツイートも読む',

  phases: { opening: '開く', reading: '読み込み', cleaning: '整理', saving: '保存' },
  importing: {
    opening: (files) => [files, 'を開いています'],
    reading: (files) => [files, 'を読み込んでいます'],
    cleaning: (files) => [files, 'を整理しています'],
    saving: (files) => [files, 'を保存しています'],
  },
  bytesOf: (done, total) => `${formatBytes(done)} / ${formatBytes(total)}`,
  filesAndOthers: (names, others) => `${names}、ほか${formatCount(others)}件`,
  quoted: (name) => `「${name}」`,

  missingPart: (file, expected) =>
    expected === null
      ? `ツイートの入った「${file}」がありません。入れ忘れた場合は、すべての部分を一度にドロップしてください。そうでなければ、アーカイブをダウンロードし直してください。`
      : `${formatCount(expected)}件のツイートが入った「${file}」がありません。入れ忘れた場合は、すべての部分を一度にドロップしてください。そうでなければ、アーカイブをダウンロードし直してください。`,
  countMismatch: (file, found, expected) =>
    `「${file}」には${formatCount(found)}件のツイートがありますが、アーカイブの一覧では${formatCount(expected)}件です。変更した覚えがなければ、アーカイブをダウンロードし直してください。`,
  duplicatePart: (file) => `「${file}」が複数あるため、最後のものを読みました。`,
  repeatedTweets: (count) =>
    `${formatCount(count)}件のツイートは複数あったため、1回だけ読みました。`,
  filesLeft: (count, groups, more) => {
    const others = more === 0 ? '' : `、ほか${formatCount(more)}件`;
    return `${formatCount(count)}件のファイルは読みませんでした：${groups.join('、')}${others}。`;
  },
  leftGroup: (files, reason) => `${files}（${reason}）`,
  leftReasons: {
    empty: '空です',
    'not-a-zip': '名前はZIPですが、ZIPではありません',
    truncated: 'ダウンロードが途切れたように、途中で終わっています',
    damaged: '壊れています',
    'not-json': '壊れています',
    encrypted: 'パスワードで保護されています。先に展開してください',
    'too-large': '展開すると、ツイートとは思えないほど大きくなります',
    packed: 'Mynahが展開できない形式です。先に展開してください',
    encoding: 'Mynahが判別できない文字コードです。UTF-8で保存してください',
    'unknown-format': 'Mynahが知らない形式です',
    unreadable: 'ブラウザで開けません',
    'no-tweets': 'ツイートがありません',
    'not-tweets': 'ツイート用ではありません',
    'beside-archive':
      'アーカイブと一緒のときはアーカイブだけを読みます。ツイートが入っていれば、あとで追加してください',
    'bot-or-model': 'ボットまたはモデルなので、そのように開きます',
    'no-text-column': 'textまたはtweetという列がありません',
    'too-many': 'Mynahが一度に読める数を超えています',
  },
  moreWarnings: (count) => `同じようなファイルがほかに${formatCount(count)}件あります。`,

  columnQuestion: 'ツイートが入っているのはどの列ですか？',
  columnQuestionOf: (file) => `「${file}」でツイートが入っているのはどの列ですか？`,
  column: (number) => `列${formatCount(number)}`,

  noneAdded: '新しいツイートはありませんでした。',
  added: (count) => `新しいツイートを${formatCount(count)}件追加しました。`,
  thereAlready: (count) => `${formatCount(count)}件のツイートはすでにありました。`,
  lengthened: (count) => `${formatCount(count)}件のツイートは本文が長くなりました。`,
  learnNewToo:
    'ボットに新しいツイートも学習させるには、「あなたのボット」の「追加学習」を押してください。',
  sameAccount: (strong, account) => [
    strong(`@${account}のツイートはすでにここにあります。`),
    'まとめるまでは、今回のものと分けておきます。両方にあるツイートは1件と数えます。',
  ],

  countsOfAll: '合計',
  counts: {
    read: '読んだツイート',
    retweets: 'リツイート',
    short: '短いツイート',
    other: 'その他の除外',
    kept: '使うツイート',
  },
  countedUsually:
    'リツイートはほかの人の言葉で、3単語未満のツイートは情報が少なすぎるため、鳥の学習には使いません。',
  countedOwn: 'あなたのフィルターで数えています。',
  threadsJoined: (texts) => `スレッドはつなげてあるため、${formatCount(texts)}個の文章になります。`,
  damagedEntries: (count) =>
    `ファイルの${formatCount(count)}件の項目はツイートとして読めなかったため、飛ばしました。`,

  shares: 'それぞれの影響の大きさ',
  sharesHint:
    'どのアカウントも同じだけ影響するように、ツイートの少ない人のものほど多く読みます。変えるにはスライダーを動かしてください。',
  shareOf: (share) => `ボットが読む量の${formatPercent(share)}`,

  little: (strong, characters, comfortable) => [
    strong(`学習には少なめです：${formatCount(characters)}文字。`),
    `${formatCount(comfortable)}文字より少ないと、鳥がツイートを丸暗記して繰り返すことがあります。`,
  ],
  noneKept: '使うツイートがまだありません。',
  notEnough: (characters) => `学習には足りません：${formatCount(characters)}文字。`,
  needed: (characters) => `少なくとも${formatCount(characters)}文字必要です。`,
  keepSome: (leftOut) =>
    `${formatCount(leftOut)}件のツイートが除外されています。一部を残すか、ツイートを追加してください。`,
  addMore: 'ツイートを追加してください。',
  leftOut: '除外されたもの',
  keepThem: '残す',
  keepThemOf: (reason) => `残す：${reason}`,
  shortReason: (minimumWords) =>
    `短い（リンク、メンション、ハッシュタグを除いて${formatCount(minimumWords)}単語未満）`,
  nothingButLinks: 'リンクだけ',

  confirmDelete: (count, name) =>
    `${name}のツイート${formatCount(count)}件を削除しますか？学習用に保存したものも含めて、このブラウザにあるコピーをすべて削除します。これらで学習したボットは残り、引き続き書けますが、追加学習はできなくなります。`,
  useOthers: '別のツイートを使う',
  savedFormats: { txt: 'テキスト', jsonl: 'JSON Lines' },
  datasetOption: (name, added) => `${name}、${added}`,
};
