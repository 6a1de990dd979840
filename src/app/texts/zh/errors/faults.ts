/** What is wrong within something damaged, in Chinese: what stands in brackets behind a sentence. */
import type { Expected, Fault } from '../../../../core/faults.ts';
import { formatCount } from '../../../format.ts';
import { type PhrasesBy, phraseBy } from '../../error-words.ts';

const EXPECTED: PhrasesBy<'be', Expected> = {
  string: () => '文本',
  boolean: () => 'true 或 false',
  number: () => '数字',
  object: () => '对象',
  array: () => '列表',
  fitting: () => '与其余内容相符的值',
  'number-from': ({ min, max }) =>
    max === null
      ? `不小于 ${formatCount(min)} 的数字`
      : `${formatCount(min)} 到 ${formatCount(max)} 之间的数字`,
  'integer-from': ({ min, max }) =>
    max === null
      ? `不小于 ${formatCount(min)} 的整数`
      : `${formatCount(min)} 到 ${formatCount(max)} 之间的整数`,
  multiple: ({ of }) => `${of} 的倍数`,
  'one-of': ({ values }) => `以下之一：${values.join('、')}`,
  matching: ({ pattern }) => `${pattern} 的形式`,
};
const expected = phraseBy('be', EXPECTED);

const FAULTS: PhrasesBy<'what', Fault> = {
  value: ({ at, expected: wanted }) => `${at} 应为${expected(wanted)}`,
  missing: ({ at }) => `缺少 ${at}`,
  repeated: ({ at }) => `${at} 出现了两次`,
  wrong: ({ at }) => `${at} 的内容不可能正确`,
  unreadable: ({ at }) => `无法读取 ${at}`,
  'too-large': ({ at }) => `${at} 过大`,
  instead: ({ at, found, expected: wanted }) => `${at}：是 ${found}，而不是 ${wanted}`,
  surplus: () => '实际内容比它声明的多',
  'other-format': ({ format }) => `这不是 ${format} 文件`,
  line: ({ line }) => `无法读取第 ${formatCount(line)} 行`,
  'part-missing': ({ part, parts }) =>
    `缺少第 ${formatCount(part)} 部分，共 ${formatCount(parts)} 部分`,
  'part-changed': ({ part, parts }) =>
    `第 ${formatCount(part)} 部分（共 ${formatCount(parts)} 部分）与写入时不同`,
};
export const faultWords = phraseBy('what', FAULTS);
