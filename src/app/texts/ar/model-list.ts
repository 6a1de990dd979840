/** The list of base models, and how others are added to it, in Arabic. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelList: Catalogue['modelList'] = {
  starter: 'صغير وسريع. يلتقط كلماتك ومواضيعك.',
  downloadPromise: 'التنزيل يطلب من الـ Hub ملفات النموذج ولا شيء غيرها. تغريداتك تبقى هنا.',
  deleteOf: (name: string) => `حذف ${name}`,
  confirmDownloaded: (name: string) => `أتريد حذف ${name}؟ لاستخدامه ثانيةً يجب تنزيله من جديد.`,
  confirmAdded: (name: string) => `أتريد حذف ${name}؟ لاستخدامه ثانيةً يجب أن تضيفه من جديد.`,
  deleteModel: 'حذف النموذج',
  pausedAt: (done: number) => `متوقف مؤقتًا: ${formatBytes(done)} هنا`,
  pausedAtOf: (done: number, total: number) =>
    `متوقف مؤقتًا: ${formatBytes(done)} من ${formatBytes(total)} هنا`,
  cancel: 'إلغاء',
  resume: 'استئناف',
  download: 'تنزيل',
  downloadBytes: (bytes: number) => `تنزيل ${formatBytes(bytes)}`,
  opening: (name: string) => `جارٍ فتح ${name}…`,
  checked: (done: number, total: number) => `فُحص ${formatBytes(done)} من ${formatBytes(total)}`,
  saved: (done: number, total: number) => `حُفظ ${formatBytes(done)} من ${formatBytes(total)}`,
  adding: (name: string) => `جارٍ إضافة ${name}`,

  wrongName: 'اكتبه بصيغة owner/name، أو الصق عنوان صفحته.',
  mirror: 'إذا كنت تستخدم مرآة للـ Hub',
  mirrorHint:
    'يعمل huggingface.co وحده تلقائيًا: على من يدير هذه الصفحة أن يسمح بالمرآة. اتركه فارغًا للـ Hub نفسه.',
  wrongAddress: 'عنوان يبدأ بـ https://.',

  fromComputer: 'نموذج من هذا الحاسوب',
  dropIt: 'أو نموذج من هذا الحاسوب: أفلت هنا مجلده أو ملفاته أو ملف ZIP، كما هي على الـ Hub.',
  chooseFiles: 'اختيار ملفات أو ZIP',
  chooseFolder: 'اختيار مجلد',
};
