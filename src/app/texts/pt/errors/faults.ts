/** What is wrong within something damaged, in Portuguese: what stands in brackets behind a sentence. */
import type { Expected, Fault } from '../../../../core/faults.ts';
import { formatCount } from '../../../format.ts';
import { type PhrasesBy, phraseBy } from '../../error-words.ts';

const EXPECTED: PhrasesBy<'be', Expected> = {
  string: () => 'um texto',
  boolean: () => 'true ou false',
  number: () => 'um número',
  object: () => 'um objeto',
  array: () => 'uma lista',
  fitting: () => 'algo que combine com o resto',
  'number-from': ({ min, max }) =>
    max === null
      ? `um número a partir de ${formatCount(min)}`
      : `um número de ${formatCount(min)} a ${formatCount(max)}`,
  'integer-from': ({ min, max }) =>
    max === null
      ? `um número inteiro a partir de ${formatCount(min)}`
      : `um número inteiro de ${formatCount(min)} a ${formatCount(max)}`,
  multiple: ({ of }) => `um múltiplo de ${of}`,
  'one-of': ({ values }) => `um destes valores: ${values.join(', ')}`,
  matching: ({ pattern }) => `algo no formato ${pattern}`,
};
const expected = phraseBy('be', EXPECTED);

const FAULTS: PhrasesBy<'what', Fault> = {
  value: ({ at, expected: wanted }) => `em ${at}, o esperado é ${expected(wanted)}`,
  missing: ({ at }) => `falta ${at}`,
  repeated: ({ at }) => `${at} aparece duas vezes`,
  wrong: ({ at }) => `${at} não pode estar certo`,
  unreadable: ({ at }) => `não foi possível ler ${at}`,
  'too-large': ({ at }) => `${at} é grande demais`,
  instead: ({ at, found, expected: wanted }) => `${at}: ${found} em vez de ${wanted}`,
  surplus: () => 'há mais nele do que ele diz',
  'other-format': ({ format }) => `não é um arquivo do ${format}`,
  line: ({ line }) => `não foi possível ler a linha ${formatCount(line)}`,
  'part-missing': ({ part, parts }) =>
    `falta a parte ${formatCount(part)} de ${formatCount(parts)}`,
  'part-changed': ({ part, parts }) =>
    `a parte ${formatCount(part)} de ${formatCount(parts)} não está mais como foi gravada`,
};
export const faultWords = phraseBy('what', FAULTS);
