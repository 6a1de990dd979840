/** Step 3 in German: the studio in which a bot writes, and what it has written. */
import type { ComponentChildren } from 'preact';
import { byCount, formatCount, formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const writing: Catalogue['writing'] = {
  ai: 'KI',
  placeholder: 'Beginne den Tweet, oder lass es leer',
  pasteTweet: 'Füge den Tweet ein, auf den er antworten soll',
  replyHint:
    'Der Bot liest ihn, bevor er schreibt. Zur Antwort gehört er nicht. Dieser Bot ist nicht auf Antworten trainiert. Eine Antwort passt deshalb vielleicht nicht.',
  replyHintTrained: (count) =>
    `Der Bot liest ihn, bevor er schreibt. Zur Antwort gehört er nicht. Zu antworten hat er aus ${byCount(count, { one: 'einer Antwort', other: `${formatCount(count)} Antworten` })} auf deine eigenen Tweets gelernt.`,
  inReplyTo: (tweet: string) => `Als Antwort auf „${tweet}“`,
  howMany: 'Wie viele Tweets',
  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} Tweet`, other: `${formatCount(count)} Tweets` }),
  write: 'Schreiben',
  stopping: 'Stoppt…',
  gettingReady: 'Bereitet vor…',
  writing: 'Schreibt…',
  tweetsOf: (done: number, total: number) =>
    byCount(total, {
      one: `${formatCount(done)} von ${formatCount(total)} Tweet`,
      other: `${formatCount(done)} von ${formatCount(total)} Tweets`,
    }),
  writtenOf: (bold: Inline, done: number, total: number): ComponentChildren => [
    bold(`${formatCount(done)} von ${formatCount(total)}`),
    ' geschrieben. Du kannst währenddessen weiter lesen, behalten und verwerfen.',
  ],
  writtenOfLeft: (bold: Inline, done: number, total: number, left: string): ComponentChildren => [
    bold(`${formatCount(done)} von ${formatCount(total)}`),
    ` geschrieben, noch ${left}. Du kannst währenddessen weiter lesen, behalten und verwerfen.`,
  ],

  /* How daring */
  moods: { safe: 'Brav', balanced: 'Ausgewogen', playful: 'Verspielt', wild: 'Wild' },
  ownSettings: (numbers: string) => `Deine eigenen Einstellungen: ${numbers}`,
  numbers: {
    temperature: (value: number) => `Temperatur ${formatNumber(value)}`,
    topP: (value: number) => `Top-p ${formatNumber(value)}`,
    topK: (value: number) => `Top-k ${formatNumber(value)}`,
    minP: (value: number) => `Min-p ${formatNumber(value)}`,
    typicalP: (value: number) => `Typical-p ${formatNumber(value)}`,
    repetitionPenalty: (value: number) => `Wiederholung ${formatNumber(value)}`,
    noRepeatNgram: (value: number) => `kein wiederholtes ${formatNumber(value)}-Gramm`,
  },

  compareHint:
    'Beide schreiben mit demselben Anfang und demselben Seed und unterscheiden sich nur in dem, was du hier wählst. Was geschrieben wird, bleibt bei seinem Bot.',
  notWritten: 'Hier wurde nichts geschrieben.',

  /* Advanced */
  hints: {
    count: 'So viele Tweets auf einmal schreiben.',
    temperature: 'Höher ist überraschender, niedriger ist vorhersehbarer.',
    topP: 'Unter den wahrscheinlichsten Wörtern wählen, bis zu dieser Gesamtwahrscheinlichkeit.',
    topK: 'Unter so vielen der wahrscheinlichsten Wörter wählen; 0 für alle.',
    minP: 'Unter Wörtern wählen, die mindestens diesen Anteil an der Wahrscheinlichkeit des wahrscheinlichsten haben; 0 für alle.',
    typicalP:
      'Unter Wörtern wählen, die etwa so überraschend sind wie erwartet, bis zu dieser Gesamtwahrscheinlichkeit; 1 für alle.',
    repetitionPenalty: 'Über 1 wiederholt sich der Bot weniger; 1 hat keine Wirkung.',
    noRepeatNgram:
      'Keine Folge von so vielen Tokens kommt in einem Tweet zweimal vor; 0 erlaubt Wiederholung.',
    maxCharacters: 'Längere Tweets werden nach einem Satz oder einem Wort abgeschnitten.',
    maxTokens: 'Ein Token ist etwa ¾ eines Wortes.',
    seed: 'Derselbe Seed schreibt dieselben Tweets.',
    endsWithSentence: 'Was auf den letzten ganzen Satz folgt, wird abgeschnitten.',
    avoidCopies:
      'Ein Tweet, der fast ganz von einem echten abgeschrieben ist, wird neu geschrieben, bis zu dreimal.',
  },
  randomSeed: 'Zufällig',
  aRandomOne: 'ein zufälliger',

  /* A batch */
  withoutStart: 'Ohne Anfang',
  quoted: (start: string) => `„${start}“`,
  seedIs: (seed: number) => `Seed ${seed}`,
  useAgain: 'Wieder verwenden',
  inForm: 'Der Anfang, die Einstellungen und der Seed stehen im Formular.',

  /* A tweet */
  wholeCopy: 'Eine Kopie eines echten Tweets',
  partlyCopied: 'Zum Teil in einem echten Tweet',
  originalDeleted: 'Dieser Tweet ist hier gelöscht worden.',
  edited: 'bearbeitet',
  pinned: 'angeheftet',
  isKept: 'Behalten',
  isPinned: 'Angeheftet',
  moreLike: (start: string) => `Fünf weitere, die mit „${start}“ beginnen`,
  postHint: 'Öffnet x.com mit diesem Text. Vorher wird nichts gesendet.',
  cantShare: 'Dein Browser konnte ihn nicht teilen. Kopiere ihn stattdessen.',
  pictureSaved: 'Bild gespeichert.',
  cantDraw: 'Dein Browser konnte das Bild nicht zeichnen.',
  pictureFoot: 'Von einer KI geschrieben, die aus Tweets gelernt hat · Mynah',
  cancel: 'Abbrechen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  notAllowed: 'Nicht erlaubt',
  hasCopied: 'Kopiert.',
  cantCopy: 'Dein Browser erlaubt das Kopieren nicht. Markiere stattdessen den Text.',

  /* What was just done */
  done: {
    dropped: 'Verworfen.',
    changed: 'Geändert.',
    triedAgain: 'Noch einmal geschrieben.',
  },
  undone: {
    dropped: 'Nicht mehr verworfen.',
    changed: 'Änderung rückgängig gemacht.',
    triedAgain: 'Wieder wie zuvor geschrieben.',
  },
  undo: 'Rückgängig',
  dismiss: 'Schließen',
  kept: 'Behalten.',
  noLongerKept: 'Nicht mehr behalten.',
  back: 'Wieder unter allen Tweets.',
  pinnedToTop: 'Oben angeheftet.',
  noLongerPinned: 'Nicht mehr angeheftet.',
  deleted: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Tweet gelöscht.`,
      other: `${formatCount(count)} Tweets gelöscht.`,
    }),

  /* The keys */
  keys: {
    next: 'nächster Tweet',
    previous: 'voriger Tweet',
    keep: 'behalten oder nicht mehr behalten',
    drop: 'verwerfen',
    undo: 'rückgängig',
    edit: 'bearbeiten',
    copy: 'kopieren',
    pin: 'oben anheften',
    again: 'noch einmal',
    more: 'mehr davon',
    continue: 'weiterschreiben',
    search: 'suchen',
    help: 'diese Tasten zeigen',
  },

  /* The list */
  filters: { all: 'Alle', kept: 'Behalten', dropped: 'Verworfen' },
  search: 'Suchen',
  confirmDelete: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} verworfenen Tweet endgültig löschen?`,
      other: `${formatCount(count)} verworfene Tweets endgültig löschen?`,
    }),
  delete: 'Löschen',
  stoppedEmpty: 'Gestoppt, bevor etwas fertig war.',
  empty: 'Was er schreibt, wird hier aufgelistet und bleibt beim Bot.',
  noneFound: 'Nichts, was er geschrieben hat, enthält diese Wörter.',
  noneKept: 'Noch ist nichts behalten. Drücke auf „Behalten“ oder die Taste S.',
  noneDropped: 'Nichts ist verworfen worden.',
  allDropped: 'Alles ist verworfen worden.',

  /* Downloads */
  asListed: (bold: Inline, count: number): ComponentChildren => [
    bold(
      byCount(count, {
        one: `${formatCount(count)} Tweet`,
        other: `${formatCount(count)} Tweets`,
      }),
    ),
    ' wie unten aufgelistet. Alle Dateien außer TXT enthalten auch Anfang, Seed und Einstellungen jedes Tweets.',
  ],
  copyAll: 'Alle kopieren',
  inYourTime: 'In deiner Zeitzone. In der Datei steht UTC.',
  chooseTime: 'Wähle einen Tag und eine Uhrzeit.',
  hoursHint: 'Von einem Tweet zum nächsten.',
};
