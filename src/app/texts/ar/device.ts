/** The dialogs of the footer: what left this page, and what is known of the device, in Arabic. */
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { requests, threads } from './counted.ts';

export const device: Catalogue['device'] = {
  asking: 'جارٍ سؤال المتصفح…',
  nothing: 'لا شيء',
  requestsTo: (count: number, addresses: number) => {
    const to = byCount(addresses, {
      one: 'عنوان آخر',
      two: 'عنوانين آخرين',
      few: `${formatCount(addresses)} عناوين أخرى`,
      many: `${formatCount(addresses)} عنوانًا آخر`,
      other: `${formatCount(addresses)} عنوان آخر`,
    });
    return `${requests(count)} إلى ${to}`;
  },
  onlyOwn: (since: string, host: string) =>
    `منذ ${since}، حين فتحت هذه الصفحة، لم ترسل طلبات إلى أي عنوان غير عنوانها (${host})، ولم تطلب إلا ملفاتها.`,
  alsoOthers: (since: string, hosts: string) =>
    `منذ ${since}، حين فتحت هذه الصفحة، أرسلت طلبات أيضًا إلى ${hosts}. مثل هذا الطلب يذكر الملف المطلوب، ولا يحوي شيئًا يخصك. وللملفات الكبيرة يحيل الـ Hub المتصفح إلى خوادم ملفاته، وهذا لا يسجله المتصفح.`,
  silent: {
    page: 'الصفحة لا تجيب، فطلباتها غائبة عن هذه القائمة.',
    engine: 'المحرّك لا يجيب، فطلباته غائبة عن هذه القائمة.',
    'service worker': 'الـ service worker لا يجيب، فطلباته غائبة عن هذه القائمة.',
  },
  toOthers: 'طلبات إلى عناوين أخرى',
  toOwn: 'طلبات إلى عنوان هذه الصفحة نفسها',
  countToOwn: (count: number) => `${requests(count)} إلى عنوان هذه الصفحة نفسها`,
  recordsAre:
    'المتصفح نفسه سجّل هذه الطلبات من الصفحة ومن محرّكها، ومن الـ service worker منذ آخر تشغيل له. (ولا يسجل طلبات الأيقونات ونص الـ service worker، لأنه يرسلها بنفسه.) سياسة أمان الصفحة تجعل المتصفح يرفض كل العناوين الأخرى ما عدا عناوين Hugging Face Hub.',
  isOffline: 'هذا الحاسوب بلا اتصال الآن، والصفحة ما زالت تعمل.',
  disconnect: 'لا تكتفِ بكلام الصفحة: اقطع الاتصال بالشبكة، ثم درّب واكتب. كل شيء يبقى يعمل.',
  whenReady:
    'حين يظهر «جاهز بلا اتصال» في أسفل الصفحة، يمكنك قطع الاتصال بالشبكة، ويبقى كل شيء يعمل.',
  purposes: {
    page: 'الصفحة نفسها',
    script: 'نص برمجي',
    wasm: 'ملف WebAssembly',
    style: 'ورقة أنماط',
    picture: 'أيقونة',
    starter: 'نموذج المبتدئ',
    ready: 'البوت الجاهز',
    sample: 'تغريدات العيّنة',
    hub: 'نموذج اخترت تنزيله',
    unknown: 'الغرض غير معروف',
  },
  requestedBy: {
    page: 'طلبته الصفحة',
    engine: 'طلبه المحرّك',
    'service worker': 'طلبه الـ service worker',
  },
  sizeUnknown: 'الحجم غير معروف',
  fromCache: 'من الذاكرة المؤقتة',
  received: (bytes: number) => `استُلم ${formatBytes(bytes)}`,

  copied: 'نُسخ. لا يحوي التقرير شيئًا عنك أو عن تغريداتك.',
  cantCopy: 'لا يسمح متصفحك بالنسخ. حدّد النص بدلًا من ذلك.',
  groups: {
    compute: 'ما يقوم بالحساب',
    gpu: 'بطاقة الرسوميات',
    memory: 'الذاكرة والتخزين',
    browser: 'المتصفح',
  },
  noAnswer: 'غير معروف، لأن المحرّك لا يجيب',
  notKnown: 'غير معروف',
  yes: 'نعم',
  no: 'لا',
  none: 'لا يوجد',
  facts: {
    now: 'الآن',
    adapter: 'المحوّل',
    available: 'متاح أيضًا',
    processor: 'المعالج',
    speed: 'السرعة المقيسة',
    features: 'الميزات',
    kernels: 'النوى الحسابية',
    selfTest: 'الاختبار الذاتي',
    computer: 'الحاسوب',
    usedOnCard: 'المستخدَم على بطاقة الرسوميات',
    needed: 'المطلوب للتدريب المخطَّط',
    storage: 'التخزين',
    persistent: 'تخزين دائم',
    browser: 'المتصفح',
    isolated: 'معزول (خيوط)',
    fileSystem: 'نظام ملفات خاص',
    locks: 'أقفال بين علامات التبويب',
    offline: 'جاهز بلا اتصال',
  },
  notStarted: 'لا شيء، لأن المحرّك لم يبدأ',
  threads: (count: number) => threads(count),
  threadsComputing: (count: number, computing: number) =>
    `${threads(count)}، يعمل منها في الحساب ${formatCount(computing)}`,
  notMeasured: 'لم تُقَس بعد',
  speedOf: (speed: string, parameters: string, mode: string, blockLength: number) =>
    `${speed} في تدريب نموذج عدد معاملاته ${parameters} (${mode}، طول الكتلة بالرموز ${formatCount(blockLength)})`,
  noAdapter: 'لا يوفّر المتصفح محوّلًا',
  simulated: (adapter: string) => `${adapter} (محاكاة برمجية)`,
  hardware: (adapter: string) => `${adapter} (عتاد)`,
  noSelfTest: 'لا يوجد، لأن لا بطاقة رسوميات تحسب',
  passed: (milliseconds: number, dispatches: number, gflop: string) =>
    `نجح في ${formatCount(milliseconds)} م.ث، عدد الإرسالات ${formatCount(dispatches)}، كل منها ${gflop} GFLOP`,
  browserSilent: 'المتصفح لا يقول',
  atLeast: (gibibytes: number) => `${formatCount(gibibytes)} غيبيبايت أو أكثر`,
  usesNothing: 'لا شيء',
  about: (bytes: number) => `نحو ${formatBytes(bytes)}`,
  usedOf: (used: number, quota: number) => `المستخدَم ${formatBytes(used)} من ${formatBytes(quota)}`,
  notPersistent: 'لا: قد يحذف المتصفح كل شيء حين يمتلئ القرص',
};
