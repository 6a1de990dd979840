/** What the page says when the browser or the disk doesn't take what is to be written, in Arabic. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorTable, type ErrorWords, inBrackets } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: {
  readonly [R in ErrorDetails['storage-blocked']['reason']]: (detail?: string) => ErrorWords;
} = {
  absent: () => ({
    sentence: 'لا يوفّر هذا المتصفح للصفحات مساحة تخزين (IndexedDB).',
    nextStep: 'فعّلها في إعدادات المتصفح أو استخدم متصفحًا آخر.',
  }),
  denied: () => ({
    sentence: 'لا يسمح المتصفح لهذه الصفحة بحفظ أي شيء.',
    nextStep:
      'اسمح بملفات تعريف الارتباط وبيانات المواقع لهذا الموقع في إعدادات المتصفح، ثم أعد تحميل الصفحة.',
  }),
  'no-answer': () => ({
    sentence: 'مساحة تخزين المتصفح لا تستجيب.',
    nextStep: 'أعد تشغيل المتصفح: ينبغي أن يعود ما هو محفوظ هنا.',
  }),
  'older-tab': () => ({
    sentence: 'نسخة أقدم من هذه الصفحة مفتوحة في علامة تبويب أخرى.',
    nextStep: 'أغلق تلك العلامة، ثم حاول مجددًا.',
  }),
  'newer-version': () => ({
    sentence: 'ما هو محفوظ هنا يعود إلى نسخة من Mynah أحدث من هذه الصفحة.',
    nextStep:
      'أعد تحميل هذه الصفحة للحصول على تلك النسخة. إن لم ينفع ذلك، فأغلق كل علامات التبويب التي فيها Mynah وافتحه من جديد.',
  }),
  closed: () => ({
    sentence: 'أغلق المتصفح مساحة تخزين هذه الصفحة.',
    nextStep: 'حاول مجددًا. إن كانت بيانات هذا الموقع قد مُحيت، فأضف تغريداتك ثانيةً.',
  }),
  vanished: () => ({
    sentence: 'اختفت بيانات أثناء حفظها.',
    nextStep: 'أغلق علامات التبويب الأخرى لهذه الصفحة، ثم حاول مجددًا.',
  }),
  failed: (detail) => ({
    sentence: `لم يستطع المتصفح القراءة من مساحة تخزين هذه الصفحة أو الكتابة فيها${inBrackets(detail)}.`,
    nextStep: 'حاول مجددًا. إن تكرر ذلك، فأعد تشغيل المتصفح.',
  }),
};

const NOT_WRITABLE: {
  readonly [R in ErrorDetails['file-not-writable']['reason']]: (
    detail?: string,
  ) => readonly [sentence: string, nextStep: string];
} = {
  full: () => [
    'لم تبقَ مساحة في المكان الذي كان الملف سيُحفظ فيه.',
    'أفرغ بعض المساحة هناك، أو صدّر إلى مكان آخر. البوت ما زال هنا.',
  ],
  denied: () => [
    'لا يُسمح للمتصفح بالكتابة في الملف الذي اخترته.',
    'صدّر مرة أخرى واسمح بذلك، أو اختر مكانًا آخر. البوت ما زال هنا.',
  ],
  failed: (detail) => [
    `لم يستطع المتصفح الكتابة في الملف الذي اخترته${inBrackets(detail)}.`,
    'صدّر مرة أخرى، أو اختر مكانًا آخر. البوت ما زال هنا.',
  ],
};

export const storageErrors: ErrorTable<'storage-quota' | 'storage-blocked' | 'file-not-writable'> =
  {
    'storage-quota': (details) => ({
      sentence: `امتلأت مساحة التخزين التي يخصصها هذا المتصفح للصفحة${needed(details)}.`,
      nextStep: 'احذف بوتًا أو تغريدات لم تعد تحتاجها، ثم حاول مجددًا. ما حُفظ في أمان.',
    }),
    'storage-blocked': ({ reason, detail }) => BLOCKED[reason](detail),
    'file-not-writable': ({ reason, detail }) => {
      const [sentence, nextStep] = NOT_WRITABLE[reason](detail);
      return { sentence, nextStep };
    },
  };
