/** The dialogs of the footer in German: what left this page, and what is known of the device. */
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const device: Catalogue['device'] = {
  /* What left this page */
  asking: 'Fragt den Browser…',
  nothing: 'Nichts',
  requestsTo: (requests: number, addresses: number) => {
    const to = byCount(addresses, {
      one: `${formatCount(addresses)} andere Adresse`,
      other: `${formatCount(addresses)} andere Adressen`,
    });
    return byCount(requests, {
      one: `${formatCount(requests)} Anfrage an ${to}`,
      other: `${formatCount(requests)} Anfragen an ${to}`,
    });
  },
  onlyOwn: (since: string, host: string) =>
    `Seit du diese Seite um ${since} geöffnet hast, hat sie nur an ihre eigene Adresse (${host}) Anfragen geschickt, und nur, um ihre eigenen Dateien zu holen.`,
  alsoOthers: (since: string, hosts: string) =>
    `Seit du diese Seite um ${since} geöffnet hast, hat sie auch Anfragen an ${hosts} geschickt. Eine solche Anfrage nennt die gewünschte Datei und enthält nichts von dir. Bei großen Dateien leitet der Hub den Browser zu seinen Dateiservern weiter, was der Browser nicht aufzeichnet.`,
  silent: {
    page: 'Die Seite antwortet nicht, deshalb fehlen ihre Anfragen in dieser Liste.',
    engine: 'Die Engine antwortet nicht, deshalb fehlen ihre Anfragen in dieser Liste.',
    'service worker':
      'Der Service Worker antwortet nicht, deshalb fehlen seine Anfragen in dieser Liste.',
  },
  toOthers: 'Anfragen an andere Adressen',
  toOwn: 'Anfragen an die eigene Adresse dieser Seite',
  countToOwn: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Anfrage an die eigene Adresse dieser Seite`,
      other: `${formatCount(count)} Anfragen an die eigene Adresse dieser Seite`,
    }),
  recordsAre:
    'Der Browser selbst hat diese Anfragen aufgezeichnet: die der Seite, ihrer Engine und ihres Service Workers, seit dieser zuletzt gestartet ist. (Die Anfragen nach den Symbolen und nach dem Skript des Service Workers zeichnet er nicht auf, weil er sie von sich aus stellt.) Durch die Sicherheitsrichtlinie der Seite lehnt der Browser alle anderen Adressen außer denen des Hugging Face Hub ab.',
  isOffline: 'Dieser Computer ist gerade offline, und die Seite funktioniert trotzdem.',
  disconnect:
    'Du musst der Seite nicht glauben: Trenne die Netzwerkverbindung, dann trainiere und schreibe. Alles funktioniert weiter.',
  whenReady:
    'Sobald unten „Offline bereit“ steht, kannst du die Netzwerkverbindung trennen, und alles funktioniert weiter.',
  purposes: {
    page: 'die Seite selbst',
    script: 'ein Skript',
    wasm: 'eine WebAssembly-Datei',
    style: 'ein Stylesheet',
    picture: 'ein Symbol',
    starter: 'das Starter-Modell',
    ready: 'der fertige Bot',
    sample: 'die Beispiel-Tweets',
    hub: 'ein Modell, das du herunterladen wolltest',
    unknown: 'Zweck unbekannt',
  },
  requestedBy: {
    page: 'angefragt von der Seite',
    engine: 'angefragt von der Engine',
    'service worker': 'angefragt vom Service Worker',
  },
  sizeUnknown: 'Größe unbekannt',
  fromCache: 'aus dem Cache',
  received: (bytes: number) => `${formatBytes(bytes)} empfangen`,

  /* About this device */
  copied: 'Kopiert. Der Bericht enthält nichts über dich oder deine Tweets.',
  cantCopy: 'Dein Browser erlaubt das Kopieren nicht. Markiere stattdessen den Text.',
  groups: {
    compute: 'Was rechnet',
    gpu: 'Grafikkarte',
    memory: 'Arbeitsspeicher und Speicherplatz',
    browser: 'Browser',
  },
  noAnswer: 'nicht bekannt, weil die Engine nicht antwortet',
  notKnown: 'nicht bekannt',
  yes: 'ja',
  no: 'nein',
  none: 'keine',
  facts: {
    now: 'Jetzt',
    adapter: 'Adapter',
    available: 'Auch verfügbar',
    processor: 'Prozessor',
    speed: 'Gemessenes Tempo',
    features: 'Funktionen',
    kernels: 'Kernel',
    selfTest: 'Selbsttest',
    computer: 'Computer',
    usedOnCard: 'Auf der Grafikkarte belegt',
    needed: 'Für das geplante Training nötig',
    storage: 'Speicherplatz',
    persistent: 'Dauerhafter Speicher',
    browser: 'Browser',
    isolated: 'Isoliert (Threads)',
    fileSystem: 'Privates Dateisystem',
    locks: 'Sperren zwischen Tabs',
    offline: 'Offline bereit',
  },
  notStarted: 'nichts, weil die Engine noch nicht gestartet ist',
  threads: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Thread`,
      other: `${formatCount(count)} Threads`,
    }),
  threadsComputing: (count: number, computing: number) =>
    byCount(count, {
      one: `${formatCount(count)} Thread, davon rechnen ${formatCount(computing)}`,
      other: `${formatCount(count)} Threads, davon rechnen ${formatCount(computing)}`,
    }),
  notMeasured: 'noch nicht gemessen',
  speedOf: (speed: string, parameters: string, mode: string, blockLength: number) =>
    `${speed} beim Training eines Modells mit ${parameters} Parametern (${mode}, Blöcke von ${formatCount(blockLength)} Tokens)`,
  noAdapter: 'der Browser bietet keinen Adapter an',
  simulated: (adapter: string) => `${adapter} (in Software simuliert)`,
  hardware: (adapter: string) => `${adapter} (echte Hardware)`,
  noSelfTest: 'keiner, weil keine Grafikkarte rechnet',
  passed: (milliseconds: number, dispatches: number, gflop: string) =>
    byCount(dispatches, {
      one: `bestanden in ${formatCount(milliseconds)} ms mit ${formatCount(dispatches)} Dispatch von ${gflop} GFLOP`,
      other: `bestanden in ${formatCount(milliseconds)} ms mit ${formatCount(dispatches)} Dispatches von ${gflop} GFLOP`,
    }),
  browserSilent: 'der Browser verrät es nicht',
  atLeast: (gibibytes: number) => `${formatCount(gibibytes)} GiB oder mehr`,
  usesNothing: 'nichts',
  about: (bytes: number) => `etwa ${formatBytes(bytes)}`,
  usedOf: (used: number, quota: number) => `${formatBytes(used)} von ${formatBytes(quota)} belegt`,
  notPersistent: 'nein: Der Browser löscht vielleicht alles, wenn der Datenträger voll ist',
};
