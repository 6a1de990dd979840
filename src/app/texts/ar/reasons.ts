/** Why a tweet isn't used, as it is said of one tweet, and of all tweets that are left out for it, in Arabic. */
import type { Catalogue } from '../catalogue.ts';

export const reasons: Catalogue['reasons'] = {
  'by-hand': { one: 'يدويًا', all: 'يدويًا' },
  audience: { one: 'جمهور غير معروف', all: 'منشورات لا تذكر من كان يستطيع رؤيتها' },
  retweet: { one: 'إعادة تغريد', all: 'إعادات التغريد' },
  reply: { one: 'رد', all: 'الردود' },
  quote: { one: 'اقتباس', all: 'الاقتباسات' },
  edited: { one: 'نسخة أقدم', all: 'النسخ الأقدم' },
  date: { one: 'تاريخ آخر', all: 'تواريخ أخرى' },
  language: { one: 'لغة أخرى', all: 'لغات أخرى' },
  likes: { one: 'إعجابات قليلة جدًا', all: 'ذات إعجابات قليلة جدًا' },
  link: { one: 'فيها رابط', all: 'فيها روابط' },
  hashtag: { one: 'فيها وسم', all: 'فيها وسوم' },
  excluded: { one: 'كلمة مستبعَدة', all: 'فيها كلمات مستبعَدة' },
  emoji: { one: 'رموز تعبيرية فقط', all: 'فيها رموز تعبيرية فقط' },
  short: { one: 'قصيرة', all: 'القصيرة' },
  duplicate: { one: 'مكرّرة', all: 'المكرّرة' },
};
