/** What is wrong within something damaged, in Japanese: what stands in brackets behind a sentence. */
import type { Expected, Fault } from '../../../../core/faults.ts';
import { formatCount } from '../../../format.ts';
import { type PhrasesBy, phraseBy } from '../../error-words.ts';

const EXPECTED: PhrasesBy<'be', Expected> = {
  string: () => '文字列',
  boolean: () => 'trueまたはfalse',
  number: () => '数値',
  object: () => 'オブジェクト',
  array: () => 'リスト',
  fitting: () => 'ほかの内容と一致する値',
  'number-from': ({ min, max }) =>
    max === null
      ? `${formatCount(min)}以上の数値`
      : `${formatCount(min)}以上${formatCount(max)}以下の数値`,
  'integer-from': ({ min, max }) =>
    max === null
      ? `${formatCount(min)}以上の整数`
      : `${formatCount(min)}以上${formatCount(max)}以下の整数`,
  multiple: ({ of }) => `${of}の倍数`,
  'one-of': ({ values }) => `${values.join('、')}のいずれか`,
  matching: ({ pattern }) => `${pattern}の形式`,
};
const expected = phraseBy('be', EXPECTED);

const FAULTS: PhrasesBy<'what', Fault> = {
  value: ({ at, expected: wanted }) => `${at}は${expected(wanted)}でなければなりません`,
  missing: ({ at }) => `${at}がありません`,
  repeated: ({ at }) => `${at}が重複しています`,
  wrong: ({ at }) => `${at}の内容が正しくありません`,
  unreadable: ({ at }) => `${at}を読み取れません`,
  'too-large': ({ at }) => `${at}が大きすぎます`,
  instead: ({ at, found, expected: wanted }) => `${at}：${wanted}ではなく${found}`,
  surplus: () => '記載より多くのデータが含まれています',
  'other-format': ({ format }) => `${format}のファイルではありません`,
  line: ({ line }) => `${formatCount(line)}行目を読み取れません`,
  'part-missing': ({ part, parts }) =>
    `全${formatCount(parts)}個のうち${formatCount(part)}番目の部分がありません`,
  'part-changed': ({ part, parts }) =>
    `全${formatCount(parts)}個のうち${formatCount(part)}番目の部分が保存時の内容と異なります`,
};
export const faultWords = phraseBy('what', FAULTS);
