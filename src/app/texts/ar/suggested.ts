/** The models that are suggested by what was typed, or by the language of the tweets, in Arabic. */
import { formatBytes, formatMillions } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const suggested: Catalogue['suggested'] = {
  hint: 'لغة، مثل «العربية» أو German، أو اسم نموذج بصيغة owner/name، أو عنوان صفحته.',
  forTweets: 'هذه تعرف لغة تغريداتك:',
  forTyped: 'هذه من قائمة الصفحة نفسها. لا يُسأل الـ Hub قبل أن تنزّل واحدًا منها:',
  facts: (parameters: number, licence: string) =>
    `عدد المعاملات: ${formatMillions(parameters)} · الترخيص ${licence}`,
  factsWithoutLicence: (parameters: number) =>
    `عدد المعاملات: ${formatMillions(parameters)} · لا تذكر صفحته ترخيصًا`,
  download: (bytes: number) => `تنزيل ${formatBytes(bytes)}`,
  use: 'استخدامه',
};
