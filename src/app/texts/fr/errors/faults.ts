/** What is wrong within something damaged, in French: what stands in brackets behind a sentence. */
import type { Expected, Fault } from '../../../../core/faults.ts';
import { formatCount } from '../../../format.ts';
import { type PhrasesBy, phraseBy } from '../../error-words.ts';

const EXPECTED: PhrasesBy<'be', Expected> = {
  string: () => 'un texte',
  boolean: () => 'true ou false',
  number: () => 'un nombre',
  object: () => 'un objet',
  array: () => 'une liste',
  fitting: () => 'ce qui s’accorde avec le reste',
  'number-from': ({ min, max }) =>
    max === null
      ? `un nombre d’au moins ${formatCount(min)}`
      : `un nombre de ${formatCount(min)} à ${formatCount(max)}`,
  'integer-from': ({ min, max }) =>
    max === null
      ? `un nombre entier d’au moins ${formatCount(min)}`
      : `un nombre entier de ${formatCount(min)} à ${formatCount(max)}`,
  multiple: ({ of }) => `un multiple de ${of}`,
  'one-of': ({ values }) => `une valeur parmi ${values.join(', ')}`,
  matching: ({ pattern }) => `une valeur de la forme ${pattern}`,
};
const expected = phraseBy('be', EXPECTED);

const FAULTS: PhrasesBy<'what', Fault> = {
  value: ({ at, expected: wanted }) => `pour ${at}, attendu : ${expected(wanted)}`,
  missing: ({ at }) => `${at} manque`,
  repeated: ({ at }) => `${at} y figure deux fois`,
  wrong: ({ at }) => `${at} ne peut pas être juste`,
  unreadable: ({ at }) => `${at} est illisible`,
  'too-large': ({ at }) => `${at} est bien trop grand`,
  instead: ({ at, found, expected: wanted }) => `${at} : ${found} au lieu de ${wanted}`,
  surplus: () => 'il contient plus que ce qu’il annonce',
  'other-format': ({ format }) => `ce n’est pas un fichier ${format}`,
  line: ({ line }) => `la ligne ${formatCount(line)} est illisible`,
  'part-missing': ({ part, parts }) =>
    `la partie ${formatCount(part)} sur ${formatCount(parts)} manque`,
  'part-changed': ({ part, parts }) =>
    `la partie ${formatCount(part)} sur ${formatCount(parts)} n’est plus telle qu’elle a été écrite`,
};
export const faultWords = phraseBy('what', FAULTS);
