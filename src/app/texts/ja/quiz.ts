/** “Real or bot?” */
import { formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quiz: Catalogue['quiz'] = {
  title: '本物かボットか',
  teaser:
    'ボットが一度も見ていない本物のツイート10件と、ボットが書いた10件です。見分けられますか？',
  play: '遊ぶ',
  playAgain: 'もう一度遊ぶ',
  score: ({ right, pairs }) => `これまでの正解：${formatCount(pairs)}組中${formatCount(right)}組`,

  howItGoes:
    'ツイートが2件ずつ、10組出ます。各組の一方は本物で、学習に使わずに取っておいたため、ボットは一度も見ていません。もう一方は、ボットが今、いつもの設定で書いたものです。長さはどちらも同じくらいです。',
  howToRead:
    '本物を見つけてください。当てずっぽうなら10組中5組ほど正解します。そうなれば、ボットの出来は申し分ありません。',
  whoJudges:
    '自分のツイートは覚えているかもしれません。ほかの人のほうが、ボットを厳しく見分けられます。',
  start: '始める',
  cancel: 'キャンセル',
  loadingModel: 'ボットを読み込み中',
  writing: (written, wanted) =>
    `ツイートを書いています：${formatCount(wanted)}件中${formatCount(written)}件`,
  preparing: '準備しています',

  impossible: {
    'no-tweets':
      'このボットが学んだツイートがこのブラウザにないため、比べる本物がありません。ファイルから開いたボットや、ツイートを削除した後のボットではこうなります。同じツイートを読み込んで、ボットを開き直してください。',
    'too-few-held-out':
      '1回遊ぶには、学習に使わずに取っておいたツイートが10件必要ですが、このボットには足りません。取っておくのは、ツイートが40件以上のときです。400件なら約60件になります。もっと多くのツイートでボットを学習させてください。',
    'too-different':
      'このボットが書くものは、検証用ツイートと長さが違いすぎて、長さだけで見分けられてしまいます。もっと長く学習させてから、もう一度試してください。',
  },

  pair: (number, of) => `${formatCount(of)}組中${formatCount(number)}組目`,
  question: '本物はどちらですか？',
  keys: 'キー操作：1つ目は1か←、2つ目は2か→。',
  choice: (side, text) => (side === 0 ? `1つ目のツイート：${text}` : `2つ目のツイート：${text}`),
  right: (side) => (side === 0 ? '正解です。本物は1つ目です。' : '正解です。本物は2つ目です。'),
  wrong: (side) => (side === 0 ? '不正解です。本物は1つ目です。' : '不正解です。本物は2つ目です。'),
  real: '本物',
  bot: 'ボット',
  chosen: 'あなたの選択',
  tally: (right, asked) => `${formatCount(asked)}問中${formatCount(right)}問正解`,
  streak: (count) => `連続正解：${formatCount(count)}`,
  next: '次の組',
  finish: '結果を見る',

  result: (right, pairs) => `${formatCount(pairs)}組中${formatCount(right)}組を見分けました`,
  meaning: {
    easy: 'このボットなら、見ればすぐにわかりますね。',
    mostly: 'ボットと本物のツイートを、だいたい見分けられています。',
    guess: '当てずっぽうと同じくらいです。ボットの文章は本物として通用します。',
    fooled: '本物のツイートよりボットのほうを、本物だと思うことが多かったようです。',
  },
  chance:
    '1回だけではあまりわかりません。当てずっぽうでも、18回に1回は8組以上正解します。何回か合わせると、もっとよくわかります。',
  longest: (count) => `最長の連続正解：${formatCount(count)}`,
  allRounds: ({ right, pairs, rounds }) =>
    `このボットとの全${formatCount(rounds)}回：${formatCount(pairs)}組中${formatCount(right)}組を見分けました`,
  kept: '結果はボットと一緒に残り、「記録」にある学習記録でも見られます。',
  savePicture: '画像を保存',
  pictureSaved: '画像を保存しました。',
  noPicture: 'ブラウザで画像を描けませんでした。',
  noShare: 'ブラウザで画像を共有できませんでした。代わりに保存してください。',

  pictureLine: '本物のツイートと、それを学んだボットの対決',
  pictureFoot: 'ブラウザで学習 · Mynah',
};
