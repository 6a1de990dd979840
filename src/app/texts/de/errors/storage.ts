/** What the page says when the browser or the disk doesn't take what is to be written, in German. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: WordsBy<'reason', ErrorDetails['storage-blocked']> = {
  absent: [
    'Dieser Browser bietet Seiten keinen Speicher (IndexedDB).',
    'Schalte ihn in den Einstellungen des Browsers ein, oder nimm einen anderen Browser.',
  ],
  denied: [
    'Der Browser lässt diese Seite nichts speichern.',
    'Erlaube in den Einstellungen des Browsers Cookies und Websitedaten für diese Website, dann lade sie neu.',
  ],
  'no-answer': [
    'Der Speicher des Browsers antwortet nicht.',
    'Starte den Browser neu: Was hier gespeichert ist, sollte dann wieder da sein.',
  ],
  'older-tab': [
    'In einem anderen Tab ist eine ältere Version dieser Seite offen.',
    'Schließe jenen Tab, dann versuche es noch einmal.',
  ],
  'newer-version': [
    'Was hier gespeichert ist, gehört zu einer neueren Version von Mynah als diese Seite.',
    'Lade diese Seite neu, um jene Version zu bekommen. Wenn das nicht hilft, schließe alle Tabs mit Mynah und öffne es wieder.',
  ],
  closed: [
    'Der Browser hat den Speicher dieser Seite geschlossen.',
    'Versuche es noch einmal. Wenn die Daten dieser Website gelöscht wurden, füge deine Tweets wieder hinzu.',
  ],
  vanished: [
    'Beim Speichern sind Daten verschwunden.',
    'Schließe andere Tabs mit dieser Seite, dann versuche es noch einmal.',
  ],
  failed: ({ detail }) => [
    `Der Browser konnte den Speicher dieser Seite nicht lesen oder beschreiben${inBrackets(detail)}.`,
    'Versuche es noch einmal. Wenn es wieder passiert, starte den Browser neu.',
  ],
};

const NOT_WRITABLE: WordsBy<'reason', ErrorDetails['file-not-writable']> = {
  full: [
    'Wo die Datei hin sollte, ist kein Platz mehr.',
    'Schaffe dort Platz, oder exportiere an einen anderen Ort. Der Bot ist noch hier.',
  ],
  denied: [
    'Der Browser darf nicht in die gewählte Datei schreiben.',
    'Exportiere noch einmal und erlaube es, oder wähle einen anderen Ort. Der Bot ist noch hier.',
  ],
  failed: ({ detail }) => [
    `Der Browser konnte nicht in die gewählte Datei schreiben${inBrackets(detail)}.`,
    'Exportiere noch einmal, oder wähle einen anderen Ort. Der Bot ist noch hier.',
  ],
};

export const storageErrors: ErrorTable<'storage-quota' | 'storage-blocked' | 'file-not-writable'> =
  {
    'storage-quota': (details) => ({
      sentence: `Der Speicher dieses Browsers für die Seite ist voll${needed(details)}.`,
      nextStep:
        'Lösche einen Bot oder Tweets, die du nicht mehr brauchst, dann versuche es noch einmal. Was gespeichert ist, ist sicher.',
    }),
    'storage-blocked': wordsBy('reason', BLOCKED),
    'file-not-writable': wordsBy('reason', NOT_WRITABLE),
  };
