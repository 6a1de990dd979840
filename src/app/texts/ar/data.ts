/** Step 1: the tweets, in Arabic. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';
import { characters as countedCharacters, files, texts, tweets, words } from './counted.ts';

export const data: Catalogue['data'] = {
  tweets: (count: number) => tweets(count),
  tweetsKept: (count: number) => `أُبقي على ${tweets.object(count)}`,
  learnedFrom: (count: number) => `تعلّم من ${tweets.object(count)}، ثم حُذفت`,
  learnedDeleted: 'حُذفت هذه التغريدات هنا؛ ويحتفظ البوت بما تعلّمه.',
  learnedChanged: (kept: number) =>
    `هذا ما تدرّب عليه البوت. تغيّرت تغريداته منذ ذلك الحين: الآن أُبقي على ${tweets.object(kept)}.`,
  learnThem: 'لتدريب البوت عليها، اضغط «تدريب إضافي» ضمن «بوتاتك».',

  dropTitle: 'أفلت أرشيف Twitter هنا',
  dropFormats: 'ملف ZIP كما وصلك، أو مجلده، أو تغريدات بصيغة JSON أو CSV أو نص عادي',
  dropPromise: 'لا شيء مما تفلته يغادر هذا الحاسوب.',
  dropHere: 'أفلتها، وسيقرؤها الطائر',
  chooseFiles: 'اختيار ملفات',
  chooseFolder: 'اختيار مجلد',

  helpTitle: 'كيف أحصل على أرشيفي؟',
  helpOpen: (bold: Inline): ComponentChildren => [
    'على X، افتح ',
    bold('الإعدادات والخصوصية'),
    '، ثم ',
    bold('حسابك'),
    '، ثم ',
    bold('تنزيل أرشيف لبياناتك'),
    '.',
  ],
  helpRequest: (bold: Inline): ComponentChildren => [
    'أكّد أنك أنت واضغط ',
    bold('طلب الأرشيف'),
    '. يستغرق إعداده لدى X نحو يوم.',
  ],
  helpDownload: 'حين يخبرك X بأنه جاهز، نزّل ملف ZIP وأفلته هنا.',
  helpFiles: (bold: Inline): ComponentChildren => [
    'لا حاجة إلى فكّه مهما كان كبيرًا: يقرأ Mynah تغريداتك منه، ولا يفتح أبدًا رسائلك أو جهات اتصالك أو وسائطك، ما عدا صورة ملفك الشخصي. ويمكنك أيضًا إفلات المجلد الذي فككته إليه، أو ',
    bold('data/tweets.js'),
    ' منه مع ',
    bold('tweets-part1.js'),
    ' وما بعده إن وُجد. تعمل الأرشيفات من أي سنة، وكذلك ما يصدّره Mastodon وBluesky، وما سجّله متصفحك وأنت تتصفح ملفك الشخصي (',
    bold('.har'),
    ')، وعدة منها معًا. أما الملفات الموجودة بجانب أرشيف فلا تُقرأ.',
  ],
  withHidden: 'قراءة التغريدات التي حذفتها مؤخرًا والتي لم تكن علنية قط أيضًا',

  phases: { opening: 'الفتح', reading: 'القراءة', cleaning: 'الترتيب', saving: 'الحفظ' },
  importing: {
    opening: (names: ComponentChildren): ComponentChildren => ['جارٍ فتح ', names],
    reading: (names: ComponentChildren): ComponentChildren => ['جارٍ قراءة ', names],
    cleaning: (names: ComponentChildren): ComponentChildren => ['جارٍ ترتيب ', names],
    saving: (names: ComponentChildren): ComponentChildren => ['جارٍ حفظ ', names],
  },
  bytesOf: (done: number, total: number) => `${formatBytes(done)} من ${formatBytes(total)}`,
  filesAndOthers: (names: string, others: number) =>
    byCount(others, {
      one: `${names} وملف آخر`,
      two: `${names} وملفان آخران`,
      few: `${names} و${formatCount(others)} ملفات أخرى`,
      many: `${names} و${formatCount(others)} ملفًا آخر`,
      other: `${names} و${formatCount(others)} ملف آخر`,
    }),
  quoted: (name: string) => `«${name}»`,

  missingPart: (file: string, expected: number | null) =>
    expected === null
      ? `الملف «${file}» الذي فيه تغريدات غير موجود. إن تركته، فأفلت كل الأجزاء دفعةً واحدة؛ وإلا فنزّل الأرشيف من جديد.`
      : `الملف «${file}» غير موجود، وفيه ${tweets(expected)}. إن تركته، فأفلت كل الأجزاء دفعةً واحدة؛ وإلا فنزّل الأرشيف من جديد.`,
  countMismatch: (file: string, found: number, expected: number) =>
    `في «${file}» ${tweets(found)}، بينما تقول قائمة الأرشيف نفسه ${formatCount(expected)}. إن لم تغيّره، فنزّل الأرشيف من جديد.`,
  duplicatePart: (file: string) => `«${file}» موجود أكثر من مرة: قُرئ آخرها.`,
  repeatedTweets: (count: number) => `وردت ${tweets(count)} أكثر من مرة، وقُرئت مرة واحدة.`,
  filesLeft: (count: number, groups: readonly string[], more: number) => {
    const others =
      more === 0
        ? ''
        : byCount(more, {
            one: '، وملف آخر',
            two: '، وملفان آخران',
            few: `، و${formatCount(more)} ملفات أخرى`,
            many: `، و${formatCount(more)} ملفًا آخر`,
            other: `، و${formatCount(more)} ملف آخر`,
          });
    return `لم يُقرأ ${files(count)}: ${groups.join('؛ ')}${others}.`;
  },
  leftGroup: (names: string, reason: string) => `${names} (${reason})`,
  leftReasons: {
    empty: 'فارغ',
    'not-a-zip': 'ليس ZIP مع أنه يحمل هذا الاسم',
    truncated: 'ينتهي قبل أوانه، كأن تنزيله انقطع',
    damaged: 'تالف',
    'not-json': 'تالف',
    encrypted: 'مقفل بكلمة مرور: فكّه أولًا',
    'too-large': 'يصير بعد فكّه أكبر بكثير من تغريدات أي إنسان',
    packed: 'مضغوط بطريقة لا يستطيع Mynah فكّها: فكّه أولًا',
    encoding: 'بترميز لا يستطيع Mynah تمييزه: احفظه بترميز UTF-8',
    'unknown-format': 'بصيغة لا يعرفها Mynah',
    unreadable: 'لا يستطيع متصفحك فتحه',
    'no-tweets': 'بلا تغريدات',
    'not-tweets': 'ليس للتغريدات',
    'beside-archive': 'بجانب أرشيف لا يُقرأ إلا الأرشيف: أضفه بعد ذلك إن كانت فيه تغريدات',
    'bot-or-model': 'بوت أو نموذج، ويُفتح على أنه كذلك',
    'no-text-column': 'ليس فيه عمود اسمه text أو tweet',
    'too-many': 'أكثر مما يقرؤه Mynah دفعةً واحدة',
  },
  moreWarnings: (count: number) => `وكذلك ${files(count)} من هذا النوع.`,

  columnQuestion: 'أي عمود فيه التغريدات؟',
  columnQuestionOf: (file: string) => `أي عمود في «${file}» فيه التغريدات؟`,
  column: (number: number) => `العمود ${formatCount(number)}`,

  noneAdded: 'لا توجد تغريدات جديدة.',
  added: (count: number) =>
    byCount(count, {
      one: 'أُضيفت تغريدة جديدة واحدة.',
      two: 'أُضيفت تغريدتان جديدتان.',
      few: `أُضيفت ${formatCount(count)} تغريدات جديدة.`,
      other: `أُضيفت ${formatCount(count)} تغريدة جديدة.`,
    }),
  thereAlready: (count: number) => `كانت هنا من قبل ${tweets(count)}.`,
  lengthened: (count: number) => `ازداد الآن نص ${tweets.object(count)}.`,
  learnNewToo: 'لتدريب بوت على التغريدات الجديدة أيضًا، اضغط «تدريب إضافي» ضمن «بوتاتك».',
  sameAccount: (strong: Inline, account: string): ComponentChildren => [
    strong(`لديك هنا تغريدات من @${account}.`),
    ' ستبقى هذه منفصلة عنها إلى أن تضمّهما معًا. والتغريدة الموجودة في كلتيهما تُحسب مرة واحدة.',
  ],

  countsOfAll: 'المجموع',
  counts: {
    read: 'التغريدات المقروءة',
    retweets: 'إعادات التغريد',
    short: 'التغريدات القصيرة',
    other: 'المستبعَد غير ذلك',
    kept: 'التغريدات المُبقاة',
  },
  countedUsually:
    'إعادات التغريد كلام غيرك، والتغريدات التي تقل عن ثلاث كلمات لا تقول الكثير، فلا يتعلّم منها الطائر.',
  countedOwn: 'محسوبة بمرشّحاتك أنت.',
  threadsJoined: (count: number) => `السلاسل مضمومة، فعدد النصوص: ${texts(count)}.`,
  damagedEntries: (count: number) =>
    byCount(count, {
      one: 'مُدخل واحد في الملف تعذّرت قراءته كتغريدة فتم تخطيه.',
      two: 'مُدخلان في الملف تعذّرت قراءتهما كتغريدات فتم تخطيهما.',
      few: `${formatCount(count)} مُدخلات في الملف تعذّرت قراءتها كتغريدات فتم تخطيها.`,
      many: `${formatCount(count)} مُدخلًا في الملف تعذّرت قراءتها كتغريدات فتم تخطيها.`,
      other: `${formatCount(count)} مُدخل في الملف تعذّرت قراءتها كتغريدات فتم تخطيها.`,
    }),

  shares: 'كم يأخذ البوت من كل حساب',
  sharesHint: 'من كتب أقل يُقرأ أكثر، ليكون للجميع النصيب نفسه. حرّك المنزلق لتغيّر ذلك.',
  shareOf: (share: number) => `${formatPercent(share)} مما يقرؤه البوت`,

  little: (strong: Inline, characters: number, comfortable: number): ComponentChildren => [
    strong(`هذا قليل للتعلّم: ${countedCharacters(characters)}.`),
    ` دون ${formatCount(comfortable)} قد يحفظ الطائر بعض التغريدات عن ظهر قلب ويكررها.`,
  ],
  noneKept: 'لم يُبقَ على أي تغريدة بعد.',
  notEnough: (characters: number) => `هذا لا يكفي للتعلّم: ${countedCharacters(characters)}.`,
  needed: (characters: number) => `المطلوب ${countedCharacters(characters)} على الأقل.`,
  keepSome: (leftOut: number) =>
    byCount(leftOut, {
      one: 'استُبعدت تغريدة واحدة. أبقِها، أو أضف تغريدات أخرى.',
      two: 'استُبعدت تغريدتان. أبقِ منهما، أو أضف تغريدات أخرى.',
      few: `استُبعدت ${formatCount(leftOut)} تغريدات. أبقِ بعضها، أو أضف تغريدات أخرى.`,
      other: `استُبعدت ${formatCount(leftOut)} تغريدة. أبقِ بعضها، أو أضف تغريدات أخرى.`,
    }),
  addMore: 'أضف تغريدات أخرى.',
  leftOut: 'ما استُبعد',
  keepThem: 'إبقاؤها',
  keepThemOf: (reason: string) => `إبقاؤها: ${reason}`,
  shortReason: (minimumWords: number) =>
    `قصيرة (أقل من ${words.object(minimumWords)}، دون حساب الروابط والإشارات والوسوم)`,
  nothingButLinks: 'لا شيء غير الروابط',

  confirmDelete: (count: number, name: string) =>
    `أتريد حذف تغريدات ${name}، وعددها ${formatCount(count)}؟ ستُحذف كل النسخ في هذا المتصفح، ومنها المحفوظة للتدريب. تبقى البوتات التي تدرّبت عليها ويمكنها الكتابة، لكن لا يمكن تدريبها أكثر.`,
  useOthers: 'استخدام تغريدات أخرى',
  savedFormats: { txt: 'نص', jsonl: 'JSON Lines' },
  datasetOption: (name: string, added: string) => `${name}، ${added}`,
};
