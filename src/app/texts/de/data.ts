/** Step 1 in German: the tweets. */
import type { ComponentChildren } from 'preact';
import { byCount, formatBytes, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

export const data: Catalogue['data'] = {
  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} Tweet`, other: `${formatCount(count)} Tweets` }),
  tweetsKept: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Tweet behalten`,
      other: `${formatCount(count)} Tweets behalten`,
    }),
  learnedFrom: (count: number) =>
    byCount(count, {
      one: `hat aus ${formatCount(count)} Tweet gelernt, der inzwischen gelöscht ist`,
      other: `hat aus ${formatCount(count)} Tweets gelernt, die inzwischen gelöscht sind`,
    }),
  learnedDeleted: 'Diese Tweets sind hier gelöscht worden. Der Bot behält, was er gelernt hat.',
  learnedChanged: (kept: number) =>
    byCount(kept, {
      one: `Damit ist der Bot trainiert worden. Seine Tweets haben sich seitdem geändert: Jetzt wird ${formatCount(kept)} Tweet behalten.`,
      other: `Damit ist der Bot trainiert worden. Seine Tweets haben sich seitdem geändert: Jetzt werden ${formatCount(kept)} Tweets behalten.`,
    }),
  learnThem: 'Um den Bot damit zu trainieren, drücke unter „Deine Bots“ auf „Weiter trainieren“.',

  dropTitle: 'Zieh dein Twitter-Archiv hierher',
  dropFormats:
    'das ZIP, wie du es bekommen hast, seinen Ordner oder Tweets als JSON, CSV oder reinen Text',
  dropPromise: 'Nichts, was du hierher ziehst, verlässt diesen Computer.',
  dropHere: 'Lass los, dann liest der Vogel sie',
  chooseFiles: 'Dateien wählen',
  chooseFolder: 'Ordner wählen',

  helpTitle: 'Wie bekomme ich mein Archiv?',
  helpOpen: (bold: Inline): ComponentChildren => [
    'Öffne auf X ',
    bold('Einstellungen und Datenschutz'),
    ', dann ',
    bold('Dein Account'),
    ', dann ',
    bold('Archiv deiner Daten herunterladen'),
    '.',
  ],
  helpRequest: (bold: Inline): ComponentChildren => [
    'Bestätige, dass du es bist, und drücke auf ',
    bold('Archiv anfordern'),
    '. X braucht dafür etwa einen Tag.',
  ],
  helpDownload:
    'Wenn X dir sagt, dass es fertig ist, lade die ZIP-Datei herunter und zieh sie hierher.',
  helpFiles: (bold: Inline): ComponentChildren => [
    'Du musst sie nicht entpacken, egal wie groß sie ist: Mynah liest deine Tweets daraus und öffnet nie deine Nachrichten, Kontakte oder Medien, außer deinem Profilbild. Du kannst auch den entpackten Ordner hierher ziehen oder daraus ',
    bold('data/tweets.js'),
    ' zusammen mit ',
    bold('tweets-part1.js'),
    ' und so weiter, wo es sie gibt. Es gehen Archive aus jedem Jahr, die Exporte von Mastodon und Bluesky, das, was dein Browser beim Scrollen durch dein Profil aufgezeichnet hat (',
    bold('.har'),
    '), und mehrere davon auf einmal. Dateien, die neben einem Archiv liegen, werden nicht gelesen.',
  ],
  withHidden: 'Auch Tweets lesen, die ich kürzlich gelöscht habe oder die nie öffentlich waren',

  phases: { opening: 'Öffnen', reading: 'Lesen', cleaning: 'Aufräumen', saving: 'Speichern' },
  importing: {
    opening: (files: ComponentChildren): ComponentChildren => ['Öffnet ', files],
    reading: (files: ComponentChildren): ComponentChildren => ['Liest ', files],
    cleaning: (files: ComponentChildren): ComponentChildren => ['Räumt auf: ', files],
    saving: (files: ComponentChildren): ComponentChildren => ['Speichert ', files],
  },
  bytesOf: (done: number, total: number) => `${formatBytes(done)} von ${formatBytes(total)}`,
  filesAndOthers: (names: string, others: number) =>
    byCount(others, {
      one: `${names} und ${formatCount(others)} weitere`,
      other: `${names} und ${formatCount(others)} weitere`,
    }),
  quoted: (name: string) => `„${name}“`,

  missingPart: (file: string, expected: number | null) =>
    expected === null
      ? `„${file}“ mit Tweets ist nicht da. Wenn du die Datei weggelassen hast, zieh alle Teile auf einmal hierher. Sonst lade das Archiv noch einmal herunter.`
      : byCount(expected, {
          one: `„${file}“ mit ${formatCount(expected)} Tweet ist nicht da. Wenn du die Datei weggelassen hast, zieh alle Teile auf einmal hierher. Sonst lade das Archiv noch einmal herunter.`,
          other: `„${file}“ mit ${formatCount(expected)} Tweets ist nicht da. Wenn du die Datei weggelassen hast, zieh alle Teile auf einmal hierher. Sonst lade das Archiv noch einmal herunter.`,
        }),
  countMismatch: (file: string, found: number, expected: number) =>
    byCount(found, {
      one: `„${file}“ enthält ${formatCount(found)} Tweet, laut dem Verzeichnis des Archivs sollten es ${formatCount(expected)} sein. Wenn du die Datei nicht geändert hast, lade das Archiv noch einmal herunter.`,
      other: `„${file}“ enthält ${formatCount(found)} Tweets, laut dem Verzeichnis des Archivs sollten es ${formatCount(expected)} sein. Wenn du die Datei nicht geändert hast, lade das Archiv noch einmal herunter.`,
    }),
  duplicatePart: (file: string) =>
    `„${file}“ gibt es mehr als einmal: Gelesen wurde die letzte dieser Dateien.`,
  repeatedTweets: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Tweet kam mehrmals vor und wurde einmal gelesen.`,
      other: `${formatCount(count)} Tweets kamen mehrmals vor und wurden einmal gelesen.`,
    }),
  filesLeft: (count: number, groups: readonly string[], more: number) => {
    const others =
      more === 0
        ? ''
        : byCount(more, {
            one: ` und ${formatCount(more)} weitere Datei`,
            other: ` und ${formatCount(more)} weitere Dateien`,
          });
    return byCount(count, {
      one: `Eine Datei wurde nicht gelesen: ${groups.join('; ')}${others}.`,
      other: `${formatCount(count)} Dateien wurden nicht gelesen: ${groups.join('; ')}${others}.`,
    });
  },
  leftGroup: (files: string, reason: string) => `${files} (${reason})`,
  leftReasons: {
    empty: 'leer',
    'not-a-zip': 'kein ZIP, obwohl der Name es sagt',
    truncated: 'endet zu früh, als wäre der Download abgebrochen worden',
    damaged: 'beschädigt',
    'not-json': 'beschädigt',
    encrypted: 'mit einem Passwort geschützt: vorher entpacken',
    'too-large': 'entpackt weit größer, als jemandes Tweets sein können',
    packed: 'so gepackt, dass Mynah es nicht entpacken kann: vorher entpacken',
    encoding: 'in einer Kodierung, die Mynah nicht erkennt: als UTF-8 speichern',
    'unknown-format': 'in einem Format, das Mynah nicht kennt',
    unreadable: 'lässt sich von deinem Browser nicht öffnen',
    'no-tweets': 'enthält keine Tweets',
    'not-tweets': 'nicht für Tweets',
    'beside-archive':
      'neben einem Archiv wird nur das Archiv gelesen: danach hinzufügen, wenn Tweets darin sind',
    'bot-or-model': 'ein Bot oder ein Modell und als solches geöffnet',
    'no-text-column': 'keine der Spalten heißt text oder tweet',
    'too-many': 'mehr, als Mynah auf einmal liest',
  },
  moreWarnings: (count: number) =>
    byCount(count, {
      one: `Und ${formatCount(count)} weitere solche Datei.`,
      other: `Und ${formatCount(count)} weitere solche Dateien.`,
    }),

  columnQuestion: 'Welche Spalte enthält die Tweets?',
  columnQuestionOf: (file: string) => `Welche Spalte von „${file}“ enthält die Tweets?`,
  column: (number: number) => `Spalte ${formatCount(number)}`,

  noneAdded: 'Kein Tweet war neu.',
  added: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} neuer Tweet hinzugefügt.`,
      other: `${formatCount(count)} neue Tweets hinzugefügt.`,
    }),
  thereAlready: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Tweet war schon da.`,
      other: `${formatCount(count)} Tweets waren schon da.`,
    }),
  lengthened: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Tweet hat jetzt mehr Text.`,
      other: `${formatCount(count)} Tweets haben jetzt mehr Text.`,
    }),
  learnNewToo:
    'Um einen Bot auch mit den neuen Tweets zu trainieren, drücke unter „Deine Bots“ auf „Weiter trainieren“.',
  sameAccount: (strong: Inline, account: string): ComponentChildren => [
    strong(`Du hast hier schon Tweets von @${account}.`),
    ' Diese bleiben davon getrennt, bis du beide verbindest. Ein Tweet, der in beiden vorkommt, zählt einmal.',
  ],

  countsOfAll: 'Zusammen',
  counts: {
    read: 'Gelesene Tweets',
    retweets: 'Retweets',
    short: 'Kurze Tweets',
    other: 'Sonst weggelassen',
    kept: 'Behaltene Tweets',
  },
  countedUsually:
    'Retweets sind die Worte von anderen, und Tweets unter drei Wörtern sagen zu wenig. Deshalb lernt der Vogel nicht daraus.',
  countedOwn: 'Gezählt mit deinen eigenen Filtern.',
  threadsJoined: (texts: number) =>
    byCount(texts, {
      one: `Threads sind zusammengefügt, deshalb ist es ${formatCount(texts)} Text.`,
      other: `Threads sind zusammengefügt, deshalb sind es ${formatCount(texts)} Texte.`,
    }),
  damagedEntries: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Eintrag der Datei ließ sich nicht als Tweet lesen und wurde übersprungen.`,
      other: `${formatCount(count)} Einträge der Datei ließen sich nicht als Tweets lesen und wurden übersprungen.`,
    }),

  shares: 'Wie sehr der Bot nach wem kommt',
  sharesHint:
    'Wer weniger geschrieben hat, wird öfter gelesen, damit alle gleich viel zu sagen haben. Mit den Reglern änderst du das.',
  shareOf: (share: number) => `${formatPercent(share)} von dem, was der Bot liest`,

  little: (strong: Inline, characters: number, comfortable: number): ComponentChildren => [
    strong(
      byCount(characters, {
        one: `Daraus lässt sich wenig lernen: ${formatCount(characters)} Zeichen.`,
        other: `Daraus lässt sich wenig lernen: ${formatCount(characters)} Zeichen.`,
      }),
    ),
    ` Bei weniger als ${formatCount(comfortable)} lernt der Vogel manche Tweets vielleicht auswendig und wiederholt sie.`,
  ],
  noneKept: 'Noch wird kein Tweet behalten.',
  notEnough: (characters: number) =>
    byCount(characters, {
      one: `Das reicht nicht zum Lernen: ${formatCount(characters)} Zeichen.`,
      other: `Das reicht nicht zum Lernen: ${formatCount(characters)} Zeichen.`,
    }),
  needed: (characters: number) => `Nötig sind mindestens ${formatCount(characters)} Zeichen.`,
  keepSome: (leftOut: number) =>
    byCount(leftOut, {
      one: `${formatCount(leftOut)} Tweet ist weggelassen. Behalte ihn oder füge weitere Tweets hinzu.`,
      other: `${formatCount(leftOut)} Tweets sind weggelassen. Behalte einige davon oder füge weitere Tweets hinzu.`,
    }),
  addMore: 'Füge weitere Tweets hinzu.',
  leftOut: 'Was weggelassen ist',
  keepThem: 'Behalten',
  keepThemOf: (reason: string) => `Behalten: ${reason}`,
  shortReason: (minimumWords: number) =>
    byCount(minimumWords, {
      one: `Kurz (weniger als ${formatCount(minimumWords)} Wort, ohne Links, Erwähnungen und Hashtags)`,
      other: `Kurz (weniger als ${formatCount(minimumWords)} Wörter, ohne Links, Erwähnungen und Hashtags)`,
    }),
  nothingButLinks: 'Nichts als Links',

  confirmDelete: (count: number, name: string) =>
    byCount(count, {
      one: `Den ${formatCount(count)} Tweet von ${name} löschen? Alle Kopien in diesem Browser werden gelöscht, auch die fürs Training gespeicherten. Bots, die damit trainiert wurden, bleiben und können weiter schreiben, aber nicht weiter trainiert werden.`,
      other: `Die ${formatCount(count)} Tweets von ${name} löschen? Alle Kopien in diesem Browser werden gelöscht, auch die fürs Training gespeicherten. Bots, die damit trainiert wurden, bleiben und können weiter schreiben, aber nicht weiter trainiert werden.`,
    }),
  useOthers: 'Andere Tweets verwenden',
  savedFormats: { txt: 'Text', jsonl: 'JSON Lines' },
  datasetOption: (name: string, added: string) => `${name}, ${added}`,
};
