/** What is wrong within something damaged, in German: what stands in brackets behind a sentence. */
import type { Expected, Fault } from '../../../../core/faults.ts';
import { formatCount } from '../../../format.ts';
import { type PhrasesBy, phraseBy } from '../../error-words.ts';

const EXPECTED: PhrasesBy<'be', Expected> = {
  string: () => 'ein Text',
  boolean: () => 'true oder false',
  number: () => 'eine Zahl',
  object: () => 'ein Objekt',
  array: () => 'eine Liste',
  fitting: () => 'was zum Rest passt',
  'number-from': ({ min, max }) =>
    max === null
      ? `eine Zahl ab ${formatCount(min)}`
      : `eine Zahl von ${formatCount(min)} bis ${formatCount(max)}`,
  'integer-from': ({ min, max }) =>
    max === null
      ? `eine ganze Zahl ab ${formatCount(min)}`
      : `eine ganze Zahl von ${formatCount(min)} bis ${formatCount(max)}`,
  multiple: ({ of }) => `ein Vielfaches von ${of}`,
  'one-of': ({ values }) => `eines von ${values.join(', ')}`,
  matching: ({ pattern }) => `etwas von der Form ${pattern}`,
};
const expected = phraseBy('be', EXPECTED);

const FAULTS: PhrasesBy<'what', Fault> = {
  value: ({ at, expected: wanted }) => `für ${at} wird erwartet: ${expected(wanted)}`,
  missing: ({ at }) => `${at} fehlt`,
  repeated: ({ at }) => `${at} kommt zweimal vor`,
  wrong: ({ at }) => `${at} kann nicht stimmen`,
  unreadable: ({ at }) => `${at} ist nicht lesbar`,
  'too-large': ({ at }) => `${at} ist viel zu groß`,
  instead: ({ at, found, expected: wanted }) => `${at}: ${found} statt ${wanted}`,
  surplus: () => 'sie enthält mehr, als sie angibt',
  'other-format': ({ format }) => `kein Format von ${format}`,
  line: ({ line }) => `Zeile ${formatCount(line)} ist nicht lesbar`,
  'part-missing': ({ part, parts }) => `Teil ${formatCount(part)} von ${formatCount(parts)} fehlt`,
  'part-changed': ({ part, parts }) =>
    `Teil ${formatCount(part)} von ${formatCount(parts)} ist nicht mehr so, wie er geschrieben wurde`,
};
export const faultWords = phraseBy('what', FAULTS);
