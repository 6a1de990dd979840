/** What models are called and like, and their download, in Arabic. */
import { formatBytes, formatDuration } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const models: Catalogue['models'] = {
  starterName: 'المبتدئ',

  descriptions: {
    distilgpt2: 'نصف حجم GPT-2. يكتب جملًا كاملة بإنجليزية بسيطة.',
    gpt2: 'ما استخدمه huggingtweets. يعرف شبكة الويب كما كانت في 2019.',
    'gpt2-medium': 'أفضلها كتابةً وأبطؤها.',
  },

  askingHub: 'جارٍ سؤال الـ Hub…',
  checkingModel: 'جارٍ التحقق من أنه GPT-2…',
  checking: (done: number) => `جارٍ فحص الموجود هنا: ${formatBytes(done)}`,
  checkingOf: (done: number, total: number) =>
    `جارٍ فحص الموجود هنا: ${formatBytes(done)} من ${formatBytes(total)}`,
  received: (done: number) => formatBytes(done),
  receivedOf: (done: number, total: number) => `${formatBytes(done)} من ${formatBytes(total)}`,
  bytesPerSecond: (bytes: number) => `${formatBytes(bytes)} في الثانية`,
  secondsLeft: (seconds: number) => `بقي ${formatDuration(seconds)}`,
};
