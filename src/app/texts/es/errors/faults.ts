/** What is wrong within something damaged, in Spanish: what stands in brackets behind a sentence. */
import type { Expected, Fault } from '../../../../core/faults.ts';
import { formatCount } from '../../../format.ts';
import { type PhrasesBy, phraseBy } from '../../error-words.ts';

const EXPECTED: PhrasesBy<'be', Expected> = {
  string: () => 'un texto',
  boolean: () => 'true o false',
  number: () => 'un número',
  object: () => 'un objeto',
  array: () => 'una lista',
  fitting: () => 'algo que encaje con lo demás',
  'number-from': ({ min, max }) =>
    max === null
      ? `un número desde ${formatCount(min)}`
      : `un número de ${formatCount(min)} a ${formatCount(max)}`,
  'integer-from': ({ min, max }) =>
    max === null
      ? `un número entero desde ${formatCount(min)}`
      : `un número entero de ${formatCount(min)} a ${formatCount(max)}`,
  multiple: ({ of }) => `un múltiplo de ${of}`,
  'one-of': ({ values }) => `uno de estos valores: ${values.join(', ')}`,
  matching: ({ pattern }) => `algo con la forma ${pattern}`,
};
const expected = phraseBy('be', EXPECTED);

const FAULTS: PhrasesBy<'what', Fault> = {
  value: ({ at, expected: wanted }) => `en ${at} se espera ${expected(wanted)}`,
  missing: ({ at }) => `falta ${at}`,
  repeated: ({ at }) => `${at} aparece dos veces`,
  wrong: ({ at }) => `${at} no puede ser correcto`,
  unreadable: ({ at }) => `${at} no se puede leer`,
  'too-large': ({ at }) => `${at} es demasiado grande`,
  instead: ({ at, found, expected: wanted }) => `${at}: ${found} en lugar de ${wanted}`,
  surplus: () => 'contiene más de lo que dice',
  'other-format': ({ format }) => `no es un archivo de ${format}`,
  line: ({ line }) => `la línea ${formatCount(line)} no se puede leer`,
  'part-missing': ({ part, parts }) =>
    `falta la parte ${formatCount(part)} de ${formatCount(parts)}`,
  'part-changed': ({ part, parts }) =>
    `la parte ${formatCount(part)} de ${formatCount(parts)} ya no está como se escribió`,
};
export const faultWords = phraseBy('what', FAULTS);
