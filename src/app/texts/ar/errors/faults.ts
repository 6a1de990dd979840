/** What is wrong within something damaged, in Arabic: what stands in brackets behind a sentence. */
import type { Expected, Fault } from '../../../../core/faults.ts';
import { formatCount } from '../../../format.ts';
import { type PhrasesBy, phraseBy } from '../../error-words.ts';
import { isolate } from '../../isolate.ts';

const EXPECTED: PhrasesBy<'be', Expected> = {
  string: () => 'نص',
  boolean: () => 'true أو false',
  number: () => 'عدد',
  object: () => 'كائن',
  array: () => 'قائمة',
  fitting: () => 'ما يوافق بقية المحتوى',
  'number-from': ({ min, max }) =>
    max === null
      ? `عدد لا يقل عن ${formatCount(min)}`
      : `عدد من ${formatCount(min)} إلى ${formatCount(max)}`,
  'integer-from': ({ min, max }) =>
    max === null
      ? `عدد صحيح لا يقل عن ${formatCount(min)}`
      : `عدد صحيح من ${formatCount(min)} إلى ${formatCount(max)}`,
  multiple: ({ of }) => `أحد مضاعفات ${isolate(of)}`,
  'one-of': ({ values }) => `واحدة من هذه القيم: ${isolate(values.join(', '))}`,
  matching: ({ pattern }) => `قيمة على صورة ${isolate(pattern)}`,
};
const expected = phraseBy('be', EXPECTED);

const FAULTS: PhrasesBy<'what', Fault> = {
  value: ({ at, expected: wanted }) => `المتوقع في ${isolate(at)}: ${expected(wanted)}`,
  missing: ({ at }) => `${isolate(at)} مفقود`,
  repeated: ({ at }) => `${isolate(at)} مكرر`,
  wrong: ({ at }) => `لا يمكن أن يكون ${isolate(at)} صحيحًا`,
  unreadable: ({ at }) => `تعذّرت قراءة ${isolate(at)}`,
  'too-large': ({ at }) => `${isolate(at)} أكبر بكثير مما ينبغي`,
  instead: ({ at, found, expected: wanted }) =>
    `${isolate(at)}: ${isolate(found)} بدلًا من ${isolate(wanted)}`,
  surplus: () => 'فيه أكثر مما يذكره',
  'other-format': ({ format }) => `ليس من ملفات ${isolate(format)}`,
  line: ({ line }) => `تعذّرت قراءة السطر ${formatCount(line)}`,
  'part-missing': ({ part, parts }) => `الجزء ${formatCount(part)} من ${formatCount(parts)} مفقود`,
  'part-changed': ({ part, parts }) =>
    `الجزء ${formatCount(part)} من ${formatCount(parts)} ليس كما كُتب`,
};
export const faultWords = phraseBy('what', FAULTS);
