/** What is wrong within something damaged: what stands in brackets behind a sentence. */
import type { Expected, Fault } from '../../../../core/faults.ts';
import { formatCount } from '../../../format.ts';
import { type PhrasesBy, phraseBy } from '../../error-words.ts';

const EXPECTED: PhrasesBy<'be', Expected> = {
  string: () => 'text',
  boolean: () => 'true or false',
  number: () => 'a number',
  object: () => 'an object',
  array: () => 'a list',
  fitting: () => 'what the rest of it says',
  'number-from': ({ min, max }) =>
    max === null
      ? `a number from ${formatCount(min)} up`
      : `a number from ${formatCount(min)} to ${formatCount(max)}`,
  'integer-from': ({ min, max }) =>
    max === null
      ? `a whole number from ${formatCount(min)} up`
      : `a whole number from ${formatCount(min)} to ${formatCount(max)}`,
  multiple: ({ of }) => `a multiple of ${of}`,
  'one-of': ({ values }) => `one of ${values.join(', ')}`,
  matching: ({ pattern }) => `of the form ${pattern}`,
};
const expected = phraseBy('be', EXPECTED);

const FAULTS: PhrasesBy<'what', Fault> = {
  value: ({ at, expected: wanted }) => `${at} should be ${expected(wanted)}`,
  missing: ({ at }) => `${at} is missing`,
  repeated: ({ at }) => `${at} is there twice`,
  wrong: ({ at }) => `${at} can’t be right`,
  unreadable: ({ at }) => `${at} can’t be read`,
  'too-large': ({ at }) => `${at} is far too large`,
  instead: ({ at, found, expected: wanted }) => `${at}: ${found} instead of ${wanted}`,
  surplus: () => 'there is more in it than it says',
  'other-format': ({ format }) => `it isn’t a file of ${format}`,
  line: ({ line }) => `line ${formatCount(line)} can’t be read`,
  'part-missing': ({ part, parts }) =>
    `part ${formatCount(part)} of ${formatCount(parts)} is missing`,
  'part-changed': ({ part, parts }) =>
    `part ${formatCount(part)} of ${formatCount(parts)} isn’t as it was written`,
};
export const faultWords = phraseBy('what', FAULTS);
