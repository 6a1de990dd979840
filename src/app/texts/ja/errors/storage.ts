/** What the page says when the browser or the disk doesn't take what is to be written. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorWords, inBrackets, type ErrorTable } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: {
  readonly [R in ErrorDetails['storage-blocked']['reason']]: (detail?: string) => ErrorWords;
} = {
  absent: () => ({
    sentence: 'このブラウザでは、ページがストレージ（IndexedDB）を使えません。',
    nextStep: 'ブラウザの設定でオンにするか、別のブラウザを使ってください。',
  }),
  denied: () => ({
    sentence: 'ブラウザが、このページの保存を許可していません。',
    nextStep:
      'ブラウザの設定で、このサイトのCookieとサイトデータを許可してから、再読み込みしてください。',
  }),
  'no-answer': () => ({
    sentence: 'ブラウザのストレージが応答しません。',
    nextStep: 'ブラウザを再起動してください。保存したものは、また使えるようになるはずです。',
  }),
  'older-tab': () => ({
    sentence: '別のタブで、このページの古いバージョンが開いています。',
    nextStep: 'そのタブを閉じてから、もう一度試してください。',
  }),
  'newer-version': () => ({
    sentence: 'ここに保存されているのは、このページより新しいバージョンのMynahのものです。',
    nextStep:
      'このページを再読み込みして、そのバージョンにしてください。それでも直らなければ、Mynahのタブをすべて閉じて、開き直してください。',
  }),
  closed: () => ({
    sentence: 'ブラウザがこのページのストレージを閉じました。',
    nextStep:
      'もう一度試してください。このサイトのデータが消去されていたら、ツイートを追加し直してください。',
  }),
  vanished: () => ({
    sentence: '保存している間にデータが消えました。',
    nextStep: 'このページのほかのタブを閉じてから、もう一度試してください。',
  }),
  failed: (detail) => ({
    sentence: `ブラウザがこのページのストレージを読み書きできませんでした${inBrackets(detail)}。`,
    nextStep: 'もう一度試してください。また起きたら、ブラウザを再起動してください。',
  }),
};

const NOT_WRITABLE: {
  readonly [R in ErrorDetails['file-not-writable']['reason']]: (
    detail?: string,
  ) => readonly [sentence: string, nextStep: string];
} = {
  full: () => [
    'ファイルの保存先に空きがありません。',
    '空きを増やすか、別の場所にエクスポートしてください。ボットはここに残っています。',
  ],
  denied: () => [
    '選んだファイルへの書き込みが、ブラウザに許可されていません。',
    'もう一度エクスポートして許可するか、別の場所を選んでください。ボットはここに残っています。',
  ],
  failed: (detail) => [
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
    'storage-blocked': ({ reason, detail }) => BLOCKED[reason](detail),
    'file-not-writable': ({ reason, detail }) => {
      const [sentence, nextStep] = NOT_WRITABLE[reason](detail);
      return { sentence, nextStep };
    },
  };
