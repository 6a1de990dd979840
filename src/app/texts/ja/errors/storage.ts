/** What the page says when the browser or the disk doesn't take what is to be written. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: WordsBy<'reason', ErrorDetails['storage-blocked']> = {
  absent: [
    'このブラウザでは、ページがストレージ（IndexedDB）を使えません。',
    'ブラウザの設定でオンにするか、別のブラウザを使ってください。',
  ],
  denied: [
    'ブラウザが、このページの保存を許可していません。',
    'ブラウザの設定で、このサイトのCookieとサイトデータを許可してから、再読み込みしてください。',
  ],
  'no-answer': [
    'ブラウザのストレージが応答しません。',
    'ブラウザを再起動してください。保存したものは、また使えるようになるはずです。',
  ],
  'older-tab': [
    '別のタブで、このページの古いバージョンが開いています。',
    'そのタブを閉じてから、もう一度試してください。',
  ],
  'newer-version': [
    'ここに保存されているのは、このページより新しいバージョンのMynahのものです。',
    'このページを再読み込みして、そのバージョンにしてください。それでも直らなければ、Mynahのタブをすべて閉じて、開き直してください。',
  ],
  closed: [
    'ブラウザがこのページのストレージを閉じました。',
    'もう一度試してください。このサイトのデータが消去されていたら、ツイートを追加し直してください。',
  ],
  vanished: [
    '保存している間にデータが消えました。',
    'このページのほかのタブを閉じてから、もう一度試してください。',
  ],
  failed: ({ detail }) => [
    `ブラウザがこのページのストレージを読み書きできませんでした${inBrackets(detail)}。`,
    'もう一度試してください。また起きたら、ブラウザを再起動してください。',
  ],
};

const NOT_WRITABLE: WordsBy<'reason', ErrorDetails['file-not-writable']> = {
  full: [
    'ファイルの保存先に空きがありません。',
    '空きを増やすか、別の場所にエクスポートしてください。ボットはここに残っています。',
  ],
  denied: [
    '選んだファイルへの書き込みが、ブラウザに許可されていません。',
    'もう一度エクスポートして許可するか、別の場所を選んでください。ボットはここに残っています。',
  ],
  failed: ({ detail }) => [
    `ブラウザが、選んだファイルに書き込めませんでした${inBrackets(detail)}。`,
    'もう一度エクスポートするか、別の場所を選んでください。ボットはここに残っています。',
  ],
};

export const storageErrors: ErrorTable<'storage-quota' | 'storage-blocked' | 'file-not-writable'> =
  {
    'storage-quota': (details) => ({
      sentence: `このページが使えるブラウザのストレージがいっぱいです${needed(details)}。`,
      nextStep:
        '不要になったボットやツイートを削除してから、もう一度試してください。保存したものは無事です。',
    }),
    'storage-blocked': wordsBy('reason', BLOCKED),
    'file-not-writable': wordsBy('reason', NOT_WRITABLE),
  };
