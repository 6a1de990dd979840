/** What the page says of files that were brought, and of too few tweets, in Arabic. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { byCount, formatCount } from '../../../format.ts';
import type { ErrorTable } from '../../error-words.ts';
import { characters as countedCharacters, tweets } from '../counted.ts';

type Unreadable = ErrorDetails['archive-unreadable'];

const UNREADABLE: {
  readonly [R in Unreadable['reason']]: (details: Unreadable) => string;
} = {
  empty: ({ file }) => `«${file}» فارغ.`,
  'not-a-zip': ({ file }) => `«${file}» يحمل اسم ZIP لكنه ليس كذلك.`,
  truncated: ({ file }) => `ينتهي «${file}» قبل أوانه، كأن تنزيله انقطع.`,
  damaged: ({ file }) => `«${file}» تالف.`,
  encrypted: ({ file }) => `«${file}» مقفل بكلمة مرور.`,
  'too-large': ({ file }) => `سيصير «${file}» بعد فكّه أكبر بكثير من تغريدات أي إنسان.`,
  packed: ({ file, packing }) =>
    packing === undefined
      ? `«${file}» مضغوط بطريقة لا يستطيع Mynah فكّها.`
      : `«${file}» مضغوط بصيغة ${packing}، ولا يستطيع Mynah فكّها.`,
  'not-json': ({ file, line, column }) => {
    if (line === undefined) return `«${file}» تالف.`;
    return column === undefined
      ? `«${file}» تالف: ينكسر عند السطر ${formatCount(line)}.`
      : `«${file}» تالف: ينكسر عند السطر ${formatCount(line)}، الحرف ${formatCount(column)}.`;
  },
  encoding: ({ file }) => `«${file}» نص بترميز لا يستطيع Mynah تمييزه.`,
  'unknown-format': ({ file }) => `«${file}» بصيغة لا يعرفها Mynah.`,
  unreadable: ({ file }) => `لم يستطع متصفحك قراءة «${file}».`,
};

const UNREADABLE_NEXT: { readonly [R in Unreadable['reason']]: string } = {
  empty: 'اختر ملفًا آخر، أو نزّل الأرشيف من جديد.',
  'not-a-zip': 'نزّل الأرشيف من جديد، أو فكّه وأفلت data/tweets.js.',
  truncated: 'نزّله من جديد وأفلت الملف الجديد.',
  damaged: 'نزّله من جديد، أو فكّه وأفلت data/tweets.js.',
  encrypted: 'فكّه بكلمة مروره أولًا، ثم أفلت المجلد.',
  'too-large': 'فكّه بنفسك إن كنت تثق به، ثم أفلت المجلد.',
  packed: 'فكّه أولًا، ثم أفلت المجلد الناتج.',
  encoding: 'افتحه في محرر، واحفظه بترميز UTF-8، ثم أفلته ثانيةً.',
  'not-json': 'إن كنت قد عدّلت الملف فتراجع عن ذلك؛ وإلا فخذه من الأرشيف ثانيةً.',
  'unknown-format':
    'أفلت ملف ZIP للأرشيف أو مجلده، أو data/tweets.js منه، أو تغريدات بصيغة JSON أو CSV أو TXT.',
  unreadable: 'تحقق من أن الملف ما زال هناك ويمكن فتحه، ثم أفلته ثانيةً.',
};

const NO_TWEETS: {
  readonly [R in ErrorDetails['archive-no-tweets']['reason']]: (file: string) => string;
} = {
  'no-tweet-file': (file) => `لا يحوي «${file}» ملفًا فيه تغريدات.`,
  'no-tweets': (file) => `لا يحوي «${file}» أي تغريدات.`,
  'not-needed': (file) => `«${file}» ليس للتغريدات، فلم يفتحه Mynah.`,
};

export const archiveErrors: ErrorTable<
  'archive-unreadable' | 'table-column-unknown' | 'archive-no-tweets' | 'dataset-too-small'
> = {
  'archive-unreadable': (details) => ({
    sentence: UNREADABLE[details.reason](details),
    nextStep: UNREADABLE_NEXT[details.reason],
  }),
  'table-column-unknown': ({ file }) => ({
    sentence: `ليس في «${file}» عمود اسمه text أو tweet.`,
    nextStep: 'حدد العمود الذي فيه التغريدات، أو سمّه «text» وأفلت الملف ثانيةً.',
  }),
  'archive-no-tweets': ({ file, reason }) => ({
    sentence: NO_TWEETS[reason](file),
    nextStep:
      reason === 'no-tweets'
        ? 'أفلت أرشيفًا فيه تغريدات لك، أو جرّب العيّنة.'
        : 'أفلت الأرشيف كله، أو tweets.js من مجلد data فيه.',
  }),
  'dataset-too-small': ({ characters, neededCharacters, tweetsKept, tweetsLeftOut }) => ({
    sentence: `لا يكفي للتعلّم: ${tweets(tweetsKept)} فيها ${countedCharacters(characters)}. المطلوب ${countedCharacters(neededCharacters)} على الأقل.`,
    nextStep:
      tweetsLeftOut > 0
        ? byCount(tweetsLeftOut, {
            one: 'أبقِ التغريدة المستبعَدة، أو أضف تغريدات أخرى.',
            two: 'أبقِ التغريدتين المستبعَدتين أو إحداهما، أو أضف تغريدات أخرى.',
            other: `أبقِ بعض التغريدات المستبعَدة (${formatCount(tweetsLeftOut)})، أو أضف تغريدات أخرى.`,
          })
        : 'أضف تغريدات أخرى، أو جرّب العيّنة.',
  }),
};
