/** What the page says when the browser or the disk doesn't take what is to be written, in Arabic. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: WordsBy<'reason', ErrorDetails['storage-blocked']> = {
  absent: [
    'لا يوفّر هذا المتصفح للصفحات مساحة تخزين (IndexedDB).',
    'فعّلها في إعدادات المتصفح أو استخدم متصفحًا آخر.',
  ],
  denied: [
    'لا يسمح المتصفح لهذه الصفحة بحفظ أي شيء.',
    'اسمح بملفات تعريف الارتباط وبيانات المواقع لهذا الموقع في إعدادات المتصفح، ثم أعد تحميل الصفحة.',
  ],
  'no-answer': [
    'مساحة تخزين المتصفح لا تستجيب.',
    'أعد تشغيل المتصفح: ينبغي أن يعود ما هو محفوظ هنا.',
  ],
  'older-tab': [
    'نسخة أقدم من هذه الصفحة مفتوحة في علامة تبويب أخرى.',
    'أغلق تلك العلامة، ثم حاول مجددًا.',
  ],
  'newer-version': [
    'ما هو محفوظ هنا يعود إلى نسخة من Mynah أحدث من هذه الصفحة.',
    'أعد تحميل هذه الصفحة للحصول على تلك النسخة. إن لم ينفع ذلك، فأغلق كل علامات التبويب التي فيها Mynah وافتحه من جديد.',
  ],
  closed: [
    'أغلق المتصفح مساحة تخزين هذه الصفحة.',
    'حاول مجددًا. إن كانت بيانات هذا الموقع قد مُحيت، فأضف تغريداتك ثانيةً.',
  ],
  vanished: ['اختفت بيانات أثناء حفظها.', 'أغلق علامات التبويب الأخرى لهذه الصفحة، ثم حاول مجددًا.'],
  failed: ({ detail }) => [
    `لم يستطع المتصفح القراءة من مساحة تخزين هذه الصفحة أو الكتابة فيها${inBrackets(detail)}.`,
    'حاول مجددًا. إن تكرر ذلك، فأعد تشغيل المتصفح.',
  ],
};

const NOT_WRITABLE: WordsBy<'reason', ErrorDetails['file-not-writable']> = {
  full: [
    'لم تبقَ مساحة في المكان الذي كان الملف سيُحفظ فيه.',
    'أفرغ بعض المساحة هناك، أو صدّر إلى مكان آخر. البوت ما زال هنا.',
  ],
  denied: [
    'لا يُسمح للمتصفح بالكتابة في الملف الذي اخترته.',
    'صدّر مرة أخرى واسمح بذلك، أو اختر مكانًا آخر. البوت ما زال هنا.',
  ],
  failed: ({ detail }) => [
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
    'storage-blocked': wordsBy('reason', BLOCKED),
    'file-not-writable': wordsBy('reason', NOT_WRITABLE),
  };
