/** What the page says of a model or a bot that somebody brings and that can't be used, in French. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatBytes, formatCount, formatList } from '../../../format.ts';
import {
  type ErrorTable,
  type PhrasesBy,
  phraseBy,
  type WordsBy,
  wordsBy,
} from '../../error-words.ts';
import { faultWords } from './faults.ts';

type Corrupt = ErrorDetails['model-corrupt'];

const CORRUPT: PhrasesBy<'reason', Corrupt> = {
  unreadable: ({ file }) => `Votre navigateur n’a pas pu lire « ${file} ».`,
  'too-large': ({ file }) => `« ${file} » est bien plus gros qu’un tel fichier ne peut l’être.`,
  'cut-off': ({ file }) => `« ${file} » finit trop tôt.`,
  'not-text': ({ file }) => `« ${file} » n’est pas du texte en UTF-8.`,
  'not-json': ({ file }) => `« ${file} » n’est pas du JSON.`,
  'not-a-zip': ({ file }) => `« ${file} » n’est pas un fichier ZIP complet.`,
  'missing-tensor': ({ file, part }) => `Il manque dans « ${file} » le tenseur${named(part)}.`,
  'repeated-tensor': ({ file, part }) => `« ${file} » a deux fois le tenseur${named(part)}.`,
  'not-finite': ({ file, part }) =>
    `Dans « ${file} », le tenseur${named(part)} a des valeurs qui ne sont pas des nombres.`,
  malformed: ({ file, fault }) => `« ${file} » est endommagé (${faultWords(fault)}).`,
};
const corrupt = phraseBy('reason', CORRUPT);

function named(part: string | undefined): string {
  return part === undefined ? '' : ` ${part}`;
}

function nextStepAfter({ reason, repository }: Corrupt): string {
  if (repository !== undefined) {
    return 'Le fichier est ainsi sur le Hub : le télécharger à nouveau n’aidera pas. Choisissez un autre modèle.';
  }
  return reason === 'unreadable'
    ? 'Vérifiez que le fichier est toujours là et n’a pas été modifié, puis ajoutez-le à nouveau.'
    : 'Reprenez ce fichier là d’où il venait, puis ajoutez-les tous à nouveau.';
}

const CHOOSE_GPT2 =
  'Choisissez un GPT-2 : un dossier avec config.json, son tokenizer et model.safetensors ou pytorch_model.bin.';

const UNSUPPORTED: WordsBy<'what', ErrorDetails['unsupported']> = {
  setting: ({ name, found, expected, file }) => [
    `Mynah ne peut pas utiliser ce modèle : dans « ${file} », ${name} vaut ${found}, et non ${expected}.`,
    CHOOSE_GPT2,
  ],
  'missing-token': ({ expected, file }) => [
    `Mynah ne peut pas utiliser ce modèle : « ${file} » n’a pas de token ${expected}.`,
    CHOOSE_GPT2,
  ],
  tensor: ({ found, file }) => [
    `Mynah ne peut pas utiliser ce modèle : « ${file} » a le tenseur ${found}, qu’un GPT-2 n’a pas.`,
    CHOOSE_GPT2,
  ],
  gguf: ({ name, found, file }) => [
    `Ce bot ne peut pas devenir un GGUF : dans son « ${file} », ${name} vaut ${found}, ce que le GPT-2 de llama.cpp ne connaît pas.`,
    'Exportez-le plutôt pour transformers.',
  ],
  'onnx-size': ({ byteLength }) => [
    `Ce bot ne peut pas devenir un fichier ONNX : ses poids font ${formatBytes(byteLength)}, plus que les 2 Go qu’un tel fichier peut contenir.`,
    'Exportez-le plutôt pour transformers ou en GGUF.',
  ],
  'lfs-pointer': ({ file }) => [
    `« ${file} » n’est pas le fichier lui-même, mais un pointeur Git LFS vers lui.`,
    'Lancez « git lfs pull » dans son dossier, ou téléchargez le fichier lui-même, puis ajoutez le modèle à nouveau.',
  ],
  'big-endian': ({ file }) => [
    `« ${file} » a été enregistré sur un ordinateur avec un autre ordre des octets.`,
    'Prenez plutôt le fichier model.safetensors du modèle.',
  ],
  'pickle-code': ({ found, file }) => [
    `« ${file} » demande ${found}, dont de simples poids n’ont pas besoin. Rien n’en a été exécuté.`,
    'Prenez le fichier model.safetensors du modèle, ou un modèle de quelqu’un à qui vous faites confiance.',
  ],
  'encrypted-zip': ({ file }) => [
    `« ${file} » est protégé par un mot de passe.`,
    'Décompressez-le avec son mot de passe, puis ajoutez le dossier.',
  ],
  'zip-compression': ({ file }) => [
    `« ${file} » est compressé d’une façon que Mynah ne sait pas lire.`,
    'Décompressez-le vous-même, puis ajoutez le dossier.',
  ],
  'bot-format': ({ found, expected, file }) => [
    `« ${file} » vient d’une autre version de Mynah : c’est du ${found}, et celle-ci lit ${expected}.`,
    'Rechargez la page pour en avoir la dernière version, ou exportez le bot à nouveau avec celle-ci.',
  ],
};

const CHOOSE_RUN_FILE =
  'Choisissez un fichier JSON exporté depuis la page des sessions, ici ou dans un autre navigateur.';

const RUN_FILE: WordsBy<'reason', ErrorDetails['run-file-unreadable']> = {
  unreadable: ({ file }) => [
    `Votre navigateur n’a pas pu lire « ${file} ».`,
    'Vérifiez que le fichier est toujours là et n’a pas été modifié, puis importez-le à nouveau.',
  ],
  'too-large': ({ file }) => [
    `« ${file} » est bien plus gros qu’un fichier de sessions.`,
    CHOOSE_RUN_FILE,
  ],
  'not-json': ({ file }) => [`« ${file} » n’est pas du JSON.`, CHOOSE_RUN_FILE],
  'no-runs': ({ file }) => [`« ${file} » ne contient pas de sessions de Mynah.`, CHOOSE_RUN_FILE],
  'other-version': ({ file }) => [
    `« ${file} » a été exporté par une autre version de Mynah, dont celle-ci ne peut pas lire les sessions.`,
    'Rechargez la page pour en avoir la dernière version, ou exportez les sessions à nouveau avec celle-ci.',
  ],
  damaged: ({ file, fault }) => [
    `« ${file} » est endommagé (${faultWords(fault)}). Aucune de ses sessions n’a été importée.`,
    'Exportez les sessions à nouveau là d’où ils viennent.',
  ],
};

export const modelErrors: ErrorTable<
  | 'model-corrupt'
  | 'unsupported'
  | 'run-file-unreadable'
  | 'model-file-missing'
  | 'adapter-base-needed'
  | 'model-needed'
  | 'tokenizer-mismatch'
> = {
  'model-corrupt': (details) => ({
    sentence: corrupt(details),
    nextStep: nextStepAfter(details),
  }),
  unsupported: wordsBy('what', UNSUPPORTED),
  'run-file-unreadable': wordsBy('reason', RUN_FILE),
  'model-file-missing': ({ file, alternatives }) => ({
    sentence:
      alternatives.length === 0
        ? `Il manque au modèle « ${file} ».`
        : `Le modèle n’a ni « ${[file, ...alternatives].join(' » ni « ')} ».`,
    nextStep: 'Ajoutez le dossier entier du modèle : config.json, son tokenizer et ses poids.',
  }),
  'adapter-base-needed': ({ base }) => ({
    sentence:
      base === null
        ? 'C’est un adaptateur, qui fonctionne par-dessus un modèle, et il ne dit pas lequel.'
        : `C’est un adaptateur, qui fonctionne par-dessus le modèle « ${base} », et celui-ci n’est pas enregistré ici.`,
    nextStep:
      'Choisissez le modèle ci-dessous s’il est là sous un autre nom. Sinon, ajoutez-le ou téléchargez-le sous « Entraîner », puis ouvrez l’adaptateur à nouveau.',
  }),
  'model-needed': ({ bots, deletedBots = [] }) => ({
    sentence: `Ce modèle sert encore à ${formatList([
      ...bots.map((name) => `« ${name} »`),
      ...deletedBots.map(
        (name) => `« ${name} » (supprimé ; disparaîtra pour de bon quand la page sera rechargée)`,
      ),
    ])}.`,
    nextStep: 'Supprimez d’abord ces bots, ou gardez le modèle.',
  }),
  'tokenizer-mismatch': ({ tokenizerSize, modelSize }) => ({
    sentence: `Le tokenizer ne va pas avec le modèle : il a ${formatCount(tokenizerSize)} tokens, et le modèle en a ${formatCount(modelSize)}.`,
    nextStep: 'Utilisez un dossier de modèle avec son propre tokenizer.',
  }),
};
