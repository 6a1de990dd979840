/** The models that are suggested by what was typed, or by the language of the tweets. */
import { formatBytes, formatMillions } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const suggested: Catalogue['suggested'] = {
  hint: '「ドイツ語」や「中国語」のような言語、「所有者/名前」の形のモデル名、またはモデルのページのアドレス。',
  forTweets: '次のモデルは、あなたのツイートの言語を知っています。',
  forTyped:
    '次のモデルは、このページが持っている一覧にあるものです。ダウンロードするまで、Hubには問い合わせません。',
  facts: (parameters, licence) =>
    `${formatMillions(parameters)}パラメータ · ライセンス：${licence}`,
  factsWithoutLicence: (parameters) =>
    `${formatMillions(parameters)}パラメータ · ページにライセンスの記載なし`,
  download: (bytes) => `ダウンロード（${formatBytes(bytes)}）`,
  use: '使う',
};
