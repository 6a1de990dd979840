import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived: 'لم يصل شيء يستطيع Mynah قراءته. شاركه مرة أخرى، أو اختر الملف هنا.',

  /* The end of a training that isn't looked at: the bot's name */
  isTrained: (name) => `اكتمل تدريب ${name}`,
  hasStopped: (name) => `توقّف تدريب ${name}`,
  canWriteNow: 'يستطيع الكتابة الآن.',
  lookWhy: 'افتح الصفحة لترى السبب.',
  tellingDenied: 'متصفحك لا يسمح لهذه الصفحة بذلك. يمكنك تغييره في إعداداته لهذا الموقع.',

  /* A connection that may cost money */
  metered: (name, bytes) =>
    bytes === null
      ? `قد يُحسب هذا الاتصال بحسب كمية البيانات، وحجم ${name} غير معروف بعد. كثير من النماذج يتجاوز 500 ميغابايت.`
      : `قد يُحسب هذا الاتصال بحسب كمية البيانات، وحجم تنزيل ${name} هو ${formatBytes(bytes)}.`,
  downloadAnyway: 'نزّله على أي حال',
  notNow: 'ليس الآن',

  /* Why a training rests, and what to do where the page was lost */
  rests: {
    battery: 'يتوقف قليلًا بين الخطوات لأن البطارية منخفضة.',
    heat: 'يتوقف قليلًا بين الخطوات لأنه صار أبطأ: الأرجح أن هذا الجهاز ساخن.',
  },
  lostOften:
    'أغلق النظام هذه الصفحة ثلاث مرات أو أكثر أثناء تدريب هذا البوت: الأرجح أن ذاكرة هذا الجهاز لا تكفي.',
  trySmaller: 'جرّب شيئًا أصغر',
};
