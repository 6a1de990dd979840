/** What models are called and like, and their download. Their cards are in `model-cards.ts`. */
import { formatBytes, formatDuration } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const models: Catalogue['models'] = {
  starterName: 'スターター',

  descriptions: {
    distilgpt2: 'GPT-2の半分の大きさです。平易な英語で、文をきちんと書きます。',
    gpt2: 'huggingtweetsが使ったモデルです。2019年のウェブを知っています。',
    'gpt2-medium': 'この中で最も上手に書き、最も時間がかかります。',
  },

  askingHub: 'Hubに問い合わせています…',
  checkingModel: 'GPT-2かどうか確かめています…',
  checking: (done) => `取得済みの部分を確認中：${formatBytes(done)}`,
  checkingOf: (done, total) =>
    `取得済みの部分を確認中：${formatBytes(done)} / ${formatBytes(total)}`,
  /* How far a download is: facts in a row. */
  received: (done) => `${formatBytes(done)}取得`,
  receivedOf: (done, total) => `${formatBytes(done)} / ${formatBytes(total)}`,
  bytesPerSecond: (bytes) => `毎秒${formatBytes(bytes)}`,
  secondsLeft: (seconds) => `残り${formatDuration(seconds)}`,
};
