/** What the page says when the engine stops, is busy or can't compute as it was asked to, in German. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatCount } from '../../../format.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';

const BACKEND_UNAVAILABLE: {
  readonly [R in ErrorDetails['backend-unavailable']['reason']]: string;
} = {
  'no-webgpu':
    'Dieser Browser kennt WebGPU nicht und kann deshalb nicht mit einer Grafikkarte rechnen.',
  'no-adapter': 'Dieser Browser bietet keine Grafikkarte zum Rechnen an.',
  'no-webassembly': 'In diesem Browser läuft kein WebAssembly.',
};

const DEVICE_LOST: {
  readonly [R in ErrorDetails['device-lost']['reason']]: (detail?: string) => string;
} = {
  driver: (detail) => `Die Grafikkarte antwortet nicht mehr${inBrackets(detail)}.`,
  silent: () => 'Die Grafikkarte antwortet nicht mehr.',
  failed: (detail) => `Die Grafikkarte hat einen Fehler gemeldet${inBrackets(detail)}.`,
  wrong: () => 'Die Grafikkarte hat falsche Zahlen geliefert.',
  replaced: () => 'Das wurde beendet, weil inzwischen gewechselt wurde, was rechnet.',
};

const WORKER_LOST: WordsBy<'reason', ErrorDetails['worker-lost']> = {
  'not-loaded': ({ detail }) => [
    `Die Engine ließ sich nicht laden${inBrackets(detail)}.`,
    'Prüfe die Verbindung, dann lade die Seite neu.',
  ],
  crashed: ({ detail }) => [
    `Die Engine hat wegen eines Fehlers angehalten${inBrackets(detail)}.`,
    'Nichts Gespeichertes ist verloren. Starte sie neu und mach weiter, wo es war.',
  ],
  'unreadable-message': [
    'Die Engine hat etwas geschickt, was die Seite nicht lesen kann.',
    'Nichts Gespeichertes ist verloren. Lade die Seite neu.',
  ],
  terminated: [
    'Die Engine wurde angehalten.',
    'Nichts Gespeichertes ist verloren. Starte sie neu und mach weiter, wo es war.',
  ],
};

const BUSY: WordsBy<'reason', ErrorDetails['busy']> = {
  'another-tab': [
    'Mynah ist in einem anderen Tab offen.',
    'Mach dort weiter, oder schließe jenen Tab und versuche es hier noch einmal.',
  ],
  training: ['Ein Bot ist im Training.', 'Warte, bis es fertig ist, oder pausiere es zuerst.'],
  importing: [
    'Es werden noch Tweets gelesen.',
    'Warte, bis das fertig ist, dann versuche es noch einmal.',
  ],
  generating: [
    'Es werden noch Tweets geschrieben.',
    'Warte, bis das fertig ist, oder stoppe es zuerst.',
  ],
  downloading: [
    'Ein Modell wird heruntergeladen.',
    'Warte, bis das fertig ist, oder pausiere es zuerst.',
  ],
};

export const engineErrors: ErrorTable<
  | 'backend-unavailable'
  | 'device-lost'
  | 'worker-lost'
  | 'busy'
  | 'loss-not-finite'
  | 'cancelled'
  | 'internal'
> = {
  'backend-unavailable': ({ reason }) => ({
    sentence: BACKEND_UNAVAILABLE[reason],
    nextStep: 'Lass Mynah wählen, was in diesem Browser funktioniert.',
  }),
  'device-lost': ({ reason, detail }) => ({
    sentence: DEVICE_LOST[reason](detail),
    nextStep:
      'Nichts Gespeichertes ist verloren. Starte die Engine neu und mach weiter, wo es war.',
  }),
  'worker-lost': wordsBy('reason', WORKER_LOST),
  busy: wordsBy('reason', BUSY),
  'loss-not-finite': ({ step }) => ({
    sentence: `Das Training ist bei Schritt ${formatCount(step)} fehlgeschlagen: Die Zahlen wuchsen über alle Grenzen.`,
    nextStep: 'Setze unter „Erweitert“ eine kleinere Lernrate und trainiere noch einmal.',
  }),
  cancelled: () => ({
    sentence: 'Abgebrochen.',
    nextStep: 'Beginne wieder, wann du willst.',
  }),
  internal: ({ message }) => ({
    sentence: `In Mynah ist etwas schiefgegangen (${message}).`,
    nextStep: 'Versuche es noch einmal. Wenn es wieder passiert, starte die Engine neu.',
  }),
};
