/** What the page says of a download that failed: from the Hub, or from the page's own site, in German. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatDuration } from '../../../format.ts';
import { type ErrorTable, type WordsBy, wordsBy } from '../../error-words.ts';

const DOWNLOAD: WordsBy<'reason', ErrorDetails['model-download']> = {
  'not-found': ({ repository }) => [
    `Auf dem Hub gibt es kein Modell „${repository}“.`,
    'Prüfe den Namen: Er ist das Ende der Adresse der Modellseite, owner/name.',
  ],
  private: ({ repository }) => [
    `Der Hub zeigt „${repository}“ nicht jedem: Es ist privat, verlangt ein Konto oder existiert nicht.`,
    'Prüfe den Namen. Wenn du es lesen darfst, lade seine Dateien selbst herunter und zieh sie hierher.',
  ],
  'no-gpt2': ({ repository, file }) => [
    file === undefined
      ? `„${repository}“ ist kein GPT-2, das Mynah verwenden kann.`
      : `„${repository}“ ist kein GPT-2, das Mynah verwenden kann (laut ${file}).`,
    'Wähle ein Modell, auf dessen Seite GPT-2 steht, etwa eins von huggingtweets.',
  ],
  'not-the-hub': ({ repository }) => [
    `Statt der Dateien von „${repository}“ kam eine Webseite. Geantwortet hat also nicht der Hub.`,
    'Wenn dein Netzwerk eine Anmeldung verlangt, melde dich zuerst an. Sonst prüfe die Adresse des Hubs. Dann versuche es noch einmal.',
  ],
  'rate-limited': ({ retryAfterSeconds }) => [
    'Der Hub hat aus diesem Netzwerk zu viele Anfragen bekommen.',
    retryAfterSeconds === undefined
      ? 'Versuche es in ein paar Minuten noch einmal. Es geht weiter, wo es war.'
      : `Versuche es noch einmal, wenn diese Zeit vorbei ist: ${formatDuration(retryAfterSeconds)}. Es geht weiter, wo es war.`,
  ],
  offline: [
    'Der Hub ist nicht erreichbar.',
    'Prüfe die Verbindung, dann versuche es noch einmal. Es geht weiter, wo es war.',
  ],
  'not-allowed': [
    'Diese Seite darf jene Adresse nicht anfragen: Ihre eigenen Regeln nennen nur die Server des Hubs.',
    'Setze die Adresse des Hubs zurück, oder bitte den Betreiber dieser Seite, den Spiegel zu erlauben.',
  ],
  server: ({ status }) => [
    status === undefined
      ? 'Der Hub hat ein Problem.'
      : `Der Hub hat ein Problem (er hat mit ${status} geantwortet).`,
    'Versuche es in ein paar Minuten noch einmal. Es geht weiter, wo es war.',
  ],
  stalled: [
    'Der Hub ist mitten im Download verstummt.',
    'Prüfe die Verbindung, dann versuche es noch einmal. Es geht weiter, wo es war.',
  ],
  truncated: ({ file }) => [
    file === undefined
      ? 'Eine Datei endet auf dem Hub zu früh.'
      : `„${file}“ endet auf dem Hub zu früh.`,
    'Versuche es später noch einmal. Wenn es so bleibt, ist das Modell dort kaputt.',
  ],
  damaged: ({ file }) => [
    file === undefined
      ? 'Eine Datei kam beschädigt an und wurde deshalb verworfen.'
      : `„${file}“ kam beschädigt an und wurde deshalb verworfen.`,
    'Versuche es noch einmal: Nur diese Datei wird neu geholt.',
  ],
  changed: ({ repository }) => [
    `„${repository}“ ändert sich auf dem Hub immer wieder, während es geholt wird.`,
    'Versuche es in ein paar Minuten noch einmal.',
  ],
};

export const downloadErrors: ErrorTable<'model-download' | 'site-download'> = {
  'site-download': ({ file, status }) => ({
    sentence:
      status === undefined
        ? `„${file}“ ließ sich nicht laden.`
        : `„${file}“ ließ sich nicht laden (der Server hat mit ${status} geantwortet).`,
    nextStep: 'Prüfe die Verbindung, dann versuche es noch einmal.',
  }),
  'model-download': wordsBy('reason', DOWNLOAD),
};
