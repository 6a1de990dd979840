/** The options that decide which tweets a bot learns from and how their texts are cleaned up, in Arabic. */
import type { Catalogue } from '../catalogue.ts';

const keepOrDrop = { keep: 'إبقاء', drop: 'استبعاد' };

export const cleaning: Catalogue['cleaning'] = {
  unknownAudience: { label: 'منشورات لا تذكر من كان يستطيع رؤيتها', choices: keepOrDrop },
  retweets: { label: 'إعادات التغريد', choices: keepOrDrop },
  replies: { label: 'الردود على الآخرين', choices: keepOrDrop },
  quotes: { label: 'تغريدات الاقتباس', choices: keepOrDrop },
  duplicates: { label: 'التغريدات المكرّرة', choices: keepOrDrop },
  edits: { label: 'النسخ الأقدم من التغريدات المعدّلة', choices: keepOrDrop },
  emojiOnly: { label: 'تغريدات فيها رموز تعبيرية فقط', choices: keepOrDrop },
  links: {
    label: 'التغريدات ذات الروابط',
    choices: { strip: 'إبقاء بلا الرابط', drop: 'استبعاد' },
  },
  hashtags: {
    label: 'الوسوم',
    choices: { keep: 'إبقاء', strip: 'إزالة', drop: 'استبعاد التغريدات ذات الوسوم' },
  },
  mentions: {
    label: 'الإشارات',
    choices: {
      keep: 'إبقاء',
      'strip-leading': 'إزالة من بداية الردود',
      strip: 'إزالة من كل مكان',
    },
  },
  threads: {
    label: 'السلاسل',
    choices: { apart: 'نص لكل تغريدة', join: 'نص لكل سلسلة' },
  },
  newLines: { label: 'فواصل الأسطر', choices: { space: 'استبدالها بمسافات', keep: 'إبقاء' } },
  minimumWords: { label: 'أقل عدد للكلمات' },
  minimumLikes: { label: 'أقل عدد للإعجابات' },
  fromMs: { label: 'من' },
  untilMs: { label: 'حتى' },
  exclude: { label: 'تغريدات بلا هذه الكلمات' },
  languages: { label: 'اللغات' },
  shares: { label: 'حصص الحسابات' },
};
