/** What the page says of a model or a bot that somebody brings and that can't be used, in German. */
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
  unreadable: ({ file }) => `Dein Browser konnte „${file}“ nicht lesen.`,
  'too-large': ({ file }) => `„${file}“ ist weit größer, als so eine Datei sein kann.`,
  'cut-off': ({ file }) => `„${file}“ endet zu früh.`,
  'not-text': ({ file }) => `„${file}“ ist kein Text in UTF-8.`,
  'not-json': ({ file }) => `„${file}“ ist kein JSON.`,
  'not-a-zip': ({ file }) => `„${file}“ ist keine vollständige ZIP-Datei.`,
  'missing-tensor': ({ file, part }) => `In „${file}“ fehlt der Tensor${named(part)}.`,
  'repeated-tensor': ({ file, part }) => `In „${file}“ ist der Tensor${named(part)} zweimal.`,
  'not-finite': ({ file, part }) =>
    `In „${file}“ hat der Tensor${named(part)} Werte, die keine Zahlen sind.`,
  malformed: ({ file, fault }) => `„${file}“ ist beschädigt (${faultWords(fault)}).`,
};
const corrupt = phraseBy('reason', CORRUPT);

function named(part: string | undefined): string {
  return part === undefined ? '' : ` ${part}`;
}

function nextStepAfter({ reason, repository }: Corrupt): string {
  if (repository !== undefined) {
    return 'So liegt die Datei auf dem Hub, ein weiterer Download hilft also nicht. Wähle ein anderes Modell.';
  }
  return reason === 'unreadable'
    ? 'Prüfe, ob die Datei noch da ist und nicht geändert wurde, dann füge sie noch einmal hinzu.'
    : 'Hol diese Datei noch einmal von dort, wo sie herkam, dann füge alle noch einmal hinzu.';
}

const CHOOSE_GPT2 =
  'Wähle ein GPT-2: einen Ordner mit config.json, seinem Tokenizer und model.safetensors oder pytorch_model.bin.';

const UNSUPPORTED: WordsBy<'what', ErrorDetails['unsupported']> = {
  setting: ({ name, found, expected, file }) => [
    `Mynah kann dieses Modell nicht verwenden: In „${file}“ ist ${name} ${found} und nicht ${expected}.`,
    CHOOSE_GPT2,
  ],
  'missing-token': ({ expected, file }) => [
    `Mynah kann dieses Modell nicht verwenden: „${file}“ hat kein Token ${expected}.`,
    CHOOSE_GPT2,
  ],
  tensor: ({ found, file }) => [
    `Mynah kann dieses Modell nicht verwenden: „${file}“ hat den Tensor ${found}, den ein GPT-2 nicht hat.`,
    CHOOSE_GPT2,
  ],
  gguf: ({ name, found, file }) => [
    `Aus diesem Bot lässt sich kein GGUF machen: In „${file}“ ist ${name} ${found}, was das GPT-2 von llama.cpp nicht kennt.`,
    'Exportiere ihn stattdessen für transformers.',
  ],
  'onnx-size': ({ byteLength }) => [
    `Aus diesem Bot lässt sich keine ONNX-Datei machen: Seine Gewichte haben ${formatBytes(byteLength)}, mehr als die 2 GB, die so eine Datei fassen kann.`,
    'Exportiere ihn stattdessen für transformers oder als GGUF.',
  ],
  'lfs-pointer': ({ file }) => [
    `„${file}“ ist nicht die Datei selbst, sondern ein Git-LFS-Zeiger darauf.`,
    'Führe in ihrem Ordner „git lfs pull“ aus, oder lade die Datei selbst herunter, dann füge das Modell noch einmal hinzu.',
  ],
  'big-endian': ({ file }) => [
    `„${file}“ wurde auf einem Computer mit anderer Bytereihenfolge gespeichert.`,
    'Nimm stattdessen die model.safetensors des Modells.',
  ],
  'pickle-code': ({ found, file }) => [
    `„${file}“ verlangt ${found}, was reine Gewichte nicht brauchen. Nichts davon wurde ausgeführt.`,
    'Nimm die model.safetensors des Modells, oder ein Modell von jemandem, dem du vertraust.',
  ],
  'encrypted-zip': ({ file }) => [
    `„${file}“ ist mit einem Passwort geschützt.`,
    'Entpacke es mit seinem Passwort, dann füge den Ordner hinzu.',
  ],
  'zip-compression': ({ file }) => [
    `„${file}“ ist so komprimiert, dass Mynah es nicht lesen kann.`,
    'Entpacke es selbst, dann füge den Ordner hinzu.',
  ],
  'bot-format': ({ found, expected, file }) => [
    `„${file}“ stammt von einer anderen Version von Mynah: Es ist ${found}, und diese hier liest ${expected}.`,
    'Lade die Seite neu, um ihre neueste Version zu bekommen, oder exportiere den Bot mit dieser noch einmal.',
  ],
};

const CHOOSE_RUN_FILE =
  'Wähle eine JSON-Datei, die auf der Seite der Läufe exportiert wurde, hier oder in einem anderen Browser.';

const RUN_FILE: WordsBy<'reason', ErrorDetails['run-file-unreadable']> = {
  unreadable: ({ file }) => [
    `Dein Browser konnte „${file}“ nicht lesen.`,
    'Prüfe, ob die Datei noch da ist und nicht geändert wurde, dann importiere sie noch einmal.',
  ],
  'too-large': ({ file }) => [
    `„${file}“ ist weit größer als eine Datei mit Läufen.`,
    CHOOSE_RUN_FILE,
  ],
  'not-json': ({ file }) => [`„${file}“ ist kein JSON.`, CHOOSE_RUN_FILE],
  'no-runs': ({ file }) => [`In „${file}“ sind keine Läufe von Mynah.`, CHOOSE_RUN_FILE],
  'other-version': ({ file }) => [
    `„${file}“ wurde von einer anderen Version von Mynah exportiert, deren Läufe diese nicht lesen kann.`,
    'Lade die Seite neu, um ihre neueste Version zu bekommen, oder exportiere die Läufe mit dieser noch einmal.',
  ],
  damaged: ({ file, fault }) => [
    `„${file}“ ist beschädigt (${faultWords(fault)}). Keiner der Läufe darin wurde importiert.`,
    'Exportiere die Läufe noch einmal dort, wo sie herkamen.',
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
        ? `Dem Modell fehlt „${file}“.`
        : `Das Modell hat weder „${[file, ...alternatives].join('“ noch „')}“.`,
    nextStep:
      'Füge den ganzen Ordner des Modells hinzu: config.json, seinen Tokenizer und seine Gewichte.',
  }),
  'adapter-base-needed': ({ base }) => ({
    sentence:
      base === null
        ? 'Das ist ein Adapter, der auf einem Modell aufsetzt, und er sagt nicht, auf welchem.'
        : `Das ist ein Adapter, der auf dem Modell „${base}“ aufsetzt, und das ist hier nicht gespeichert.`,
    nextStep:
      'Wähle das Modell unten, wenn es unter einem anderen Namen da ist. Sonst füge es in Schritt 2 hinzu oder lade es dort herunter, dann öffne den Adapter noch einmal.',
  }),
  'model-needed': ({ bots, deletedBots = [] }) => ({
    sentence: `Dieses Modell wird noch gebraucht von ${formatList([
      ...bots.map((name) => `„${name}“`),
      ...deletedBots.map(
        (name) => `„${name}“ (gelöscht; endgültig weg, sobald die Seite neu geladen ist)`,
      ),
    ])}.`,
    nextStep: 'Lösche zuerst diese Bots, oder behalte das Modell.',
  }),
  'tokenizer-mismatch': ({ tokenizerSize, modelSize }) => ({
    sentence: `Der Tokenizer passt nicht zum Modell: Er hat ${formatCount(tokenizerSize)} Tokens, und das Modell hat ${formatCount(modelSize)}.`,
    nextStep: 'Verwende einen Modellordner mit seinem eigenen Tokenizer.',
  }),
};
