/** What the page says of stored things that are gone, damaged or not there yet. */
import type { ErrorDetails, StoredThing } from '../../../../core/errors.ts';
import type { ErrorWords, ErrorTable } from '../../error-words.ts';
import { faultWords } from './faults.ts';

type What = StoredThing['what'];

/** Their ids mean nothing to people and are not shown. */
const NOT_FOUND: { readonly [W in What]: ErrorWords } = {
  dataset: {
    sentence: 'これらのツイートはここから削除されています。',
    nextStep:
      'これらから学んだボットは、今でも書けます。学習させるには、ツイートを読み込み直してください。',
  },
  texts: {
    sentence: 'このボットが学んだツイートは、ここに保存されていません。',
    nextStep:
      'ボットは今でも書けます。学習させるには、ツイートを読み込み直して、新しいボットを作ってください。',
  },
  run: {
    sentence: 'このボットはここから削除されています。',
    nextStep: '別のボットを選ぶか、新しいボットを学習させてください。',
  },
  version: {
    sentence: 'ボットのこのバージョンは、ここから削除されています。',
    nextStep: '別のバージョンを選んでください。',
  },
  checkpoint: {
    sentence: 'このボットが学んだことは、もうここに保存されていません。',
    nextStep: 'ボットを削除し、同じツイートで新しいボットを学習させてください。',
  },
  adapter: {
    sentence: 'このボットはモデル全体で学習したため、アダプターがありません。',
    nextStep: '代わりにモデルをエクスポートしてください。',
  },
  model: {
    sentence: 'このベースモデルは、もうこのブラウザに保存されていません。',
    nextStep: '別のモデルを選ぶか、このモデルを追加し直してください。',
  },
  download: {
    sentence: 'このダウンロードは、もうここに保存されていません。',
    nextStep: 'もう一度始めてください。',
  },
};

const BOT_DAMAGED = {
  sentence: 'このボットの保存データが壊れています',
  nextStep: '削除して、同じツイートで新しいボットを学習させてください。',
};

/** Sentences without their full stop: what exactly is damaged follows in brackets. */
const DAMAGED: { readonly [W in Exclude<What, 'model'>]: ErrorWords } = {
  dataset: {
    sentence: 'ここに保存されたツイートが壊れています',
    nextStep: '削除して、読み込み直してください。これらで学習したボットは、今でも書けます。',
  },
  texts: {
    sentence: 'このボットと一緒に保存されたツイートが壊れています',
    nextStep:
      'ボットは今でも書けます。学習させるには、ツイートを読み込み直して、新しいボットを作ってください。',
  },
  run: BOT_DAMAGED,
  version: BOT_DAMAGED,
  checkpoint: BOT_DAMAGED,
  adapter: BOT_DAMAGED,
  download: {
    sentence: 'このモデルのダウンロード済みの部分が壊れています',
    nextStep: 'ダウンロードを削除して、もう一度始めてください。',
  },
};

const DAMAGED_MODEL: {
  readonly [O in NonNullable<ErrorDetails['stored-data-damaged']['origin']>]: ErrorWords;
} = {
  starter: {
    sentence: 'ページに付属のモデルが、このブラウザのストレージで壊れています',
    nextStep: 'ページを再読み込みして、取得し直してください。',
  },
  files: {
    sentence: 'ベースモデルが、このブラウザのストレージで壊れています',
    nextStep: 'ここでモデルを削除して、ファイルから追加し直してください。',
  },
  bot: {
    sentence: 'このボットのモデルが、このブラウザのストレージで壊れています',
    nextStep: 'ここでボットを削除して、そのファイルを開き直してください。',
  },
  hub: {
    sentence: 'ベースモデルが、このブラウザのストレージで壊れています',
    nextStep: 'ここでモデルを削除して、ダウンロードし直してください。',
  },
};

export const storedErrors: ErrorTable<'not-found' | 'stored-data-damaged' | 'not-trained-yet'> = {
  'not-found': ({ what }) => NOT_FOUND[what],
  'stored-data-damaged': ({ what, origin = 'files', fault }) => {
    const text = what === 'model' ? DAMAGED_MODEL[origin] : DAMAGED[what];
    return { ...text, sentence: `${text.sentence}（${faultWords(fault)}）。` };
  },
  'not-trained-yet': () => ({
    sentence: 'このボットはまだ何も学んでいません。',
    nextStep: '学習させてください。最初の保存が済むと、すぐに書けます。',
  }),
};
