/** What stands beside an error: buttons, and what follows where the page goes on without storage, in Arabic. */
import type { Catalogue } from '../../catalogue.ts';

export const besideErrors: Catalogue['besideErrors'] = {
  actions: {
    'choose-files': 'اختيار ملفات أخرى',
    'try-sample': 'تجربة العيّنة',
    'try-again': 'إعادة المحاولة',
    'compute-automatically': 'الاختيار تلقائيًا',
    'restart-engine': 'إعادة تشغيل المحرّك',
    'reload-page': 'إعادة تحميل الصفحة',
    'show-library': 'الانتقال إلى بوتاتك',
  },
  noRoom: {
    sentence: 'لم تبقَ مساحة لحفظ أي شيء.',
    nextStep: 'أفرغ بعض المساحة على القرص، ثم أعد تحميل هذه الصفحة.',
  },
};
