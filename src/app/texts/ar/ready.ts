/** The ready-made bot that comes with the page: in the first screen, and among the bots, in Arabic. */
import type { Catalogue } from '../catalogue.ts';

export const ready: Catalogue['ready'] = {
  title: 'جرّبه',
  about:
    'بوت جاهز، تدرّب على تغريدات كاتب متخيَّل: طائر في مكتب المفقودات. يعمل على حاسوبك، ويكتب بالإنجليزية. وهو صغير: يعرف شكل التغريدات، لا العالم.',
  badge: 'جاهز',
  placeholder: 'ابدأ تغريدة، أو اترك الحقل فارغًا',
  starts: ['My dream is', 'I think', 'Today', 'Nobody'],
  write: 'اكتب',
  stopping: 'جارٍ الإيقاف…',
  teach: 'والآن علّمه أسلوبك',
  moreSettings: 'إعدادات أخرى',
  opening: 'جارٍ فتح البوت…',
  engineStarts: 'المحرّك يبدأ العمل…',
  noEngine: 'لا يستطيع الكتابة ما دام المحرّك متوقفًا. الملاحظة في الأعلى تبيّن السبب.',
  status: 'يأتي مع الصفحة، لتجرّب به.',
  isBack: 'عاد البوت الجاهز.',
};
