/** Short news of what has just been done, which screen readers say, in Arabic. */
import { formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { runs, steps, tweets } from './counted.ts';

export const news: Catalogue['news'] = {
  filtersDecide: 'عاد القرار إلى المرشّحات.',
  kept: 'أُبقيت.',
  leftOut: 'استُبعدت.',
  keptOf: (kept: number, read: number) =>
    `أُبقي على ${formatCount(kept)} من أصل ${tweets.object(read)}.`,
  keptApart: 'ستبقى التغريدات منفصلة.',
  imported: (kept: number, read: number) =>
    `أُبقي على ${tweets.object(kept)} من أصل ${formatCount(read)} مقروءة.`,
  canJoin: (account: string) => `يمكنك ضمّها إلى تغريدات @${account} السابقة.`,
  tweetsForgotten: 'نُسيت التغريدات.',

  modelIsHere: (name: string) => `${name} موجود هنا.`,
  modelDeleted: (name: string) => `حُذف النموذج ${name}.`,

  saving: (name: string) => `جارٍ حفظ ${name}.`,
  saved: (name: string) => `حُفظ ${name}.`,
  botOpened: (name: string) => `فُتح ${name} ويستطيع الكتابة.`,
  canWrite: (name: string) => `يستطيع ${name} الكتابة.`,
  botOfStep: (run: string, step: number) => `${run}، الخطوة ${formatCount(step)}`,
  madeOf: (run: string, step: number) => `صُنع من «${run}» كما كان بعد الخطوة ${formatCount(step)}.`,
  renamed: (name: string) => `صار الاسم ${name}.`,
  isCopy: (copy: string, original: string) => `${copy} نسخة من ${original}.`,
  versionDeleted: (number: number) => `حُذفت النسخة ${formatCount(number)}.`,
  deleted: (name: string) => `حُذف ${name}.`,
  canUndo: 'يمكنك التراجع.',
  isBack: (name: string) => `عاد ${name}.`,
  runsExported: (count: number) => `تم تصدير ${runs.object(count)}.`,
  recordDeleted: (name: string) => `حُذف سجل ${name}.`,

  trainingStarts: 'بدأ التدريب.',
  trainingPaused: 'التدريب متوقف مؤقتًا.',
  trainingStopped: 'أُوقف التدريب قبل أن يبدأ.',
  trainingDone: (count: number) => `انتهى التدريب بعد ${steps.object(count)}.`,
  lossIs: (loss: string) => `الخسارة ${loss}.`,
  trained: (share: number, step: number, total: number) =>
    `اكتمل من التدريب ${formatPercent(share)}: الخطوة ${formatCount(step)} من ${formatCount(total)}.`,

  written: (count: number) => `كُتبت ${tweets(count)}.`,
  writingStopped: (count: number) => `توقفت الكتابة. كُتبت ${tweets(count)}.`,
};
