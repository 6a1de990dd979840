/** Step 2 in German: training a bot. The names of its options are in `options.ts`. */
import type { ComponentChildren } from 'preact';
import {
  byCount,
  formatBytes,
  formatChance,
  formatCount,
  formatDuration,
  formatList,
  formatMillions,
  formatPercent,
  formatProgress,
  formatRough,
} from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Inline } from '../inline.tsx';

/** `deine Tweets 4-mal`, `2,7 % deiner Tweets` */
function passes(epochs: number): string {
  const rounded = Math.round(epochs * 10) / 10;
  if (rounded < 1) return `${formatChance(epochs)} deiner Tweets`;
  return rounded === 1 ? 'deine Tweets einmal' : `deine Tweets ${formatRough(rounded)}-mal`;
}

const ORDINALS = [
  'ersten',
  'zweiten',
  'dritten',
  'vierten',
  'fünften',
  'sechsten',
  'siebten',
  'achten',
];

export const training: Catalogue['training'] = {
  /* The form */
  howLong: 'Wie lange darf es dauern?',
  presets: {
    quick: {
      label: 'Schnell',
      description: 'Liest deine Tweets zweimal und schnappt deine Wörter und Themen auf.',
    },
    good: {
      label: 'Gut',
      description:
        'Liest deine Tweets bis zu viermal und hört auf, bevor er sie nur noch auswendig lernt. Für viele Tweets.',
    },
    best: {
      label: 'Am besten',
      description:
        'Probiert drei Lernraten je einen Durchgang lang und macht mit der besten weiter, bis zu acht Durchgänge lang. Für sehr viele oder ungewöhnliche Tweets.',
    },
    huggingtweets: {
      label: 'huggingtweets',
      description:
        'Die Einstellungen von huggingtweets, dem Vorbild dieser Seite, zum Vergleichen.',
    },
  },
  takes: (time: string) => `Dauert hier ${time}.`,
  recommended: 'Empfohlen.',
  estimatingStart: 'Schätzt, wie lange es dauert… Das Training startet, sobald das bekannt ist.',
  time: 'Zeit',
  memory: 'Speicher',
  steps: 'Schritte',
  repeats: (bold: Inline, name: string): ComponentChildren => [
    bold(`Wiederholt ${name}.`),
    ' Das Rezept ist unter „Erweitert“ eingetragen, wo du es ändern kannst.',
  ],
  sameTweets: 'Die Tweets sind dieselben.',
  addItsTweets: 'Füge in Schritt 1 die Tweets hinzu, aus denen er gelernt hat.',
  otherTweets: 'Das sind nicht genau die Tweets, aus denen er gelernt hat.',
  itsModelMissing: (model: string | null) =>
    model === null
      ? 'Er baute auf einem Modell auf, das nicht hier ist: Wähle es oben.'
      : `Er baute auf ${model} auf, und das ist nicht hier: Wähle es oben.`,
  hideThis: 'Ausblenden',

  /* What computes */
  lookingForFastest: 'Sucht, was hier am schnellsten rechnet…',
  nothingComputes: 'Noch rechnet nichts.',
  fastest: 'Das Schnellste hier',
  backends: {
    webgpu: 'Grafikkarte (WebGPU)',
    wasm: 'Prozessor (WebAssembly)',
    cpu: 'Prozessor, einfach (JavaScript)',
  },
  cardWorks: (card: string) => `Deine Grafikkarte rechnet: ${card}.`,
  /** Who does the work, as the subject of `computes`. */
  workers: {
    software: (adapter: string) => `eine in Software simulierte Grafikkarte (${adapter})`,
    wasm: (threads: number) =>
      byCount(threads, {
        one: `dein Prozessor (${formatCount(threads)} Thread)`,
        other: `dein Prozessor (${formatCount(threads)} Threads)`,
      }),
    cpu: 'dein Prozessor auf die langsame Art (reines JavaScript)',
  },
  computes: {
    requested: (worker: string) => `Wie du gewählt hast, rechnet ${worker}.`,
    'software-gpu': (worker: string) =>
      `Die Grafikkarte dieses Browsers ist nur in Software simuliert, deshalb rechnet ${worker}. Das geht langsamer.`,
    'no-webgpu': (worker: string) =>
      `Dieser Browser bietet hier keine Grafikkarte an, deshalb rechnet ${worker}. Das geht langsamer.`,
    'no-adapter': (worker: string) =>
      `Dieser Browser bietet hier keine Grafikkarte an, deshalb rechnet ${worker}. Das geht langsamer.`,
    'gpu-wrong-numbers': (worker: string) =>
      `Die Grafikkarte dieses Computers hat in einem kurzen Test falsche Zahlen geliefert, deshalb rechnet ${worker}. Ein neuerer Grafiktreiber oder Browser hilft vielleicht.`,
    'gpu-wrong-model': (worker: string) =>
      `Die Grafikkarte dieses Computers hat mit dem ganzen Modell falsche Zahlen geliefert, deshalb rechnet ${worker}. Ein neuerer Grafiktreiber oder Browser hilft vielleicht.`,
    'gpu-refused': (worker: string) =>
      `Dieser Browser konnte die Grafikkarte dieses Computers nicht öffnen, deshalb rechnet ${worker}. Ein Neustart des Browsers hilft vielleicht.`,
    'gpu-no-answer': (worker: string) =>
      `Die Grafikkarte dieses Computers hat nicht geantwortet, deshalb rechnet ${worker}. Ein Neustart des Browsers hilft vielleicht.`,
    'gpu-lost': (worker: string) =>
      `Die Grafikkarte dieses Computers ist ausgefallen, deshalb rechnet ${worker}. Ein neuerer Grafiktreiber oder Browser hilft vielleicht.`,
    'gpu-failed': (worker: string) =>
      `Die Grafikkarte dieses Computers hat einen Fehler gemeldet, deshalb rechnet ${worker}. Ein neuerer Grafiktreiber oder Browser hilft vielleicht.`,
    'processor-faster': (worker: string) =>
      `In einem kurzen Test war die Grafikkarte dieses Computers mit einem so kleinen Modell langsamer, deshalb rechnet ${worker}.`,
    'hardware-gpu': (worker: string) => `Hier rechnet ${worker}.`,
  },
  wasmFaults: {
    'no-webassembly': 'Dieser Browser hat kein WebAssembly, das um ein Vielfaches schneller wäre.',
    'wasm-refused':
      'Dieser Browser ist so eingestellt, dass er WebAssembly ablehnt, das um ein Vielfaches schneller wäre.',
    'wasm-failed': 'WebAssembly, das um ein Vielfaches schneller wäre, ließ sich nicht starten.',
  },

  /* Why it can't start */
  blocked: {
    noTweets: 'Das Training kann starten, sobald in Schritt 1 Tweets sind.',
    tooFew: (needed: number) =>
      `Das Training kann starten, sobald Tweets mit mindestens ${formatCount(needed)} Zeichen behalten werden.`,
    noneYet: 'Noch sind es keine: Füge in Schritt 1 weitere Tweets hinzu.',
    noneYetKeep: 'Noch sind es keine: Behalte in Schritt 1 mehr Tweets oder füge welche hinzu.',
    soFar: (characters: number) =>
      byCount(characters, {
        one: `Bisher ist es ${formatCount(characters)}: Füge in Schritt 1 weitere Tweets hinzu.`,
        other: `Bisher sind es ${formatCount(characters)}: Füge in Schritt 1 weitere Tweets hinzu.`,
      }),
    soFarKeep: (characters: number) =>
      byCount(characters, {
        one: `Bisher ist es ${formatCount(characters)}: Behalte in Schritt 1 mehr Tweets oder füge welche hinzu.`,
        other: `Bisher sind es ${formatCount(characters)}: Behalte in Schritt 1 mehr Tweets oder füge welche hinzu.`,
      }),
    noModel: 'Das Training kann starten, sobald ein anderes Modell gewählt oder hinzugefügt ist.',
    modelMissing: (name: string) =>
      `Das Training kann starten, sobald ${name} heruntergeladen ist.`,
    invalid: (options: readonly string[], advanced: string) =>
      byCount(options.length, {
        one: `Das Training kann starten, sobald du unter „${advanced}“ das hier korrigierst: ${formatList(options)}.`,
        other: `Das Training kann starten, sobald du unter „${advanced}“ das hier korrigierst: ${formatList(options)}.`,
      }),
    starting:
      'Das Training kann gleich starten, sobald bekannt ist, was hier am schnellsten rechnet.',
    unavailable: (computeWith: string) =>
      `Das Training kann starten, sobald es etwas zum Rechnen gibt: Wähle unten bei „${computeWith}“ etwas anderes.`,
    elsewhere: 'Das Training kann starten, sobald Mynah im anderen Tab geschlossen ist.',
    lost: 'Das Training kann starten, sobald die Engine wieder läuft: Starte sie oben auf der Seite neu.',
    planning: 'Das Training kann gleich starten: Gerade wird geschätzt, wie lange es dauert…',
    importing: 'Das Training kann starten, sobald alle Tweets gelesen sind.',
    training: 'Das Training kann starten, sobald der Bot im Training fertig oder pausiert ist.',
    writing:
      'Das Training kann starten, sobald die Tweets fertig geschrieben sind oder das Schreiben gestoppt ist.',
  },

  /* Phases */
  estimating: 'Schätzt',
  gettingReady: 'Bereitet vor',
  phases: {
    'loading-model': 'Lädt das Modell',
    tokenizing: 'Zerlegt Tweets in Tokens',
    compiling: 'Bereitet deine Grafikkarte vor',
    timing: 'Misst ein paar Schritte',
    checking: 'Prüft deine Grafikkarte',
    trying: 'Probiert Lernraten aus',
    training: 'Trainiert',
    settling: 'Wählt, was bleibt',
    saving: 'Speichert',
  },
  phasePart: (phase: string, share: number) => `${phase}, ${formatProgress(share)}`,
  underway: (phase: string) => `${phase}…`,

  /* The plan */
  reads: (epochs: number) => `Liest ${passes(epochs)}.`,
  soThatItFits: (savings: readonly string[]) => `Damit es passt, ${formatList(savings)}.`,
  savings: {
    adapter: 'wird ein kleiner Adapter statt des ganzen Modells trainiert',
    halves: 'werden einige Zwischenergebnisse mit weniger Stellen aufbewahrt',
    isOn: (option: string) => `ist „${option}“ eingeschaltet`,
  },
  modelHas: (parameters: number) => `Das Modell hat ${formatMillions(parameters)} Parameter.`,
  adapterHas: (trained: number, parameters: number) =>
    `Der Adapter hat ${formatMillions(trained)} Parameter neben den ${formatMillions(parameters)} Parametern des Modells, die bleiben, wie sie sind.`,
  readsAt: (speed: string) => `Es liest ${speed}.`,
  memoryIs: (weights: number, gradients: number, moments: number, rest: number) =>
    `Der Arbeitsspeicher: ${formatList([
      `${formatBytes(weights)} für das Modell`,
      `${formatBytes(gradients)} für das, was jeder Schritt daran ändert`,
      `${formatBytes(moments)} für das, was er sich von früheren Schritten merkt`,
      `${formatBytes(rest)} zum Arbeiten`,
    ])}.`,
  trainedAll: (parameters: number) => `alle ${formatMillions(parameters)} Parameter`,
  trainedAdapter: (parameters: number) =>
    `ein Adapter mit ${formatMillions(parameters)} Parametern`,

  /* A running training */
  live: 'Laufendes Training',
  stepOf: (step: number, steps: number) => `Schritt ${formatCount(step)} von ${formatCount(steps)}`,
  stepOfInRow: (step: number, steps: number) =>
    `Schritt ${formatCount(step)} von ${formatCount(steps)}`,
  skipped: (steps: number) =>
    byCount(steps, {
      one: `${formatCount(steps)} Schritt übersprungen, weil seine Gradienten keine endlichen Zahlen waren.`,
      other: `${formatCount(steps)} Schritte übersprungen, weil ihre Gradienten keine endlichen Zahlen waren.`,
    }),
  savedAsItGoes: 'Es wird laufend gespeichert: Schließe den Tab und mach später weiter.',
  pausing: 'Pausiert gleich…',
  finishing: 'Wird fertig…',
  secondsLeft: (seconds: number) => `noch ${formatDuration(seconds)}`,
  learningRateIs: (rate: string) => `Lernrate ${rate}`,
  gradientNormIs: (norm: string) => `Gradientennorm vor dem Clipping ${norm}`,
  wouldWriteNow: 'Was er jetzt schreiben würde',
  atStep: (step: number) => `bei Schritt ${formatCount(step)}`,
  it: 'Er',

  /* One that isn't finished */
  pausedAt: (step: number, steps: number) =>
    `Pausiert bei Schritt ${formatCount(step)} von ${formatCount(steps)}`,
  interruptedAt: (step: number, steps: number) =>
    `Unterbrochen bei Schritt ${formatCount(step)} von ${formatCount(steps)}`,
  startOver: 'Von vorn beginnen',
  tweetsDeleted:
    'Die Tweets, aus denen er lernte, sind hier gelöscht worden. Deshalb kann es nicht weitergehen.',
  stillWrites: 'Er schreibt weiter mit dem, was er gelernt hat.',
  allSaved: 'Alles bis hierher ist gespeichert.',
  pageWasClosed:
    'Die Seite wurde während des Trainings geschlossen. Was gespeichert war, ist hier.',

  /* A finished one */
  facts: {
    steps: 'Schritte',
    passes: 'Durchgänge durch deine Tweets',
    speed: 'Tempo',
    trained: 'Trainiert',
    learningRate: 'Lernrate',
    blockLength: 'Blocklänge',
    batch: 'Batch',
    seed: 'Seed',
    computedWith: 'Gerechnet mit',
    finished: 'Fertig',
    size: 'Größe',
  },
  tokens: (count: number) =>
    byCount(count, { one: `${formatCount(count)} Token`, other: `${formatCount(count)} Tokens` }),
  batch: (tokens: number, blocks: number) =>
    byCount(blocks, {
      one: `${formatCount(tokens)} Tokens pro Schritt, ${formatCount(blocks)} Block auf einmal`,
      other: `${formatCount(tokens)} Tokens pro Schritt, ${formatCount(blocks)} Blöcke auf einmal`,
    }),
  stepsOf: (done: number, planned: number) => `${formatCount(done)} von ${formatCount(planned)}`,
  stepsOfSkipped: (done: number, planned: number, skipped: number) =>
    `${formatCount(done)} von ${formatCount(planned)}, ${formatCount(skipped)} übersprungen`,
  adapterOf: (adapter: string, backend: string) => `${adapter} (${backend})`,
  trainAnother: 'Noch einen Bot trainieren',
  bestAfterPass: (pass: number) => {
    const ordinal = ORDINALS[pass - 1];
    return ordinal === undefined
      ? `Er fing an auswendig zu lernen, nachdem er ${passes(pass)} gelesen hatte. Deshalb schreibt er wie damals.`
      : `Er fing nach dem ${ordinal} Durchgang an auswendig zu lernen. Deshalb schreibt er wie damals.`;
  },
  bestAfter: (epochs: number) =>
    `Er fing an auswendig zu lernen, nachdem er ${passes(epochs)} gelesen hatte. Deshalb schreibt er wie damals.`,
  bestWhenStopped: (epochs: number) =>
    `Er hat ${passes(epochs)} gelesen, bis du ihn gestoppt hast, und war am Ende am besten.`,
  bestAtEnd: (epochs: number) =>
    `Er hat ${passes(epochs)} gelesen und war am Ende am besten: Mit mehr Durchgängen wird er vielleicht noch besser.`,
  mixed: (learned: number) =>
    `Seine Gewichte sind zu ${formatPercent(learned)}, was er gelernt hat, und zu ${formatPercent(1 - learned)} das Modell, mit dem er begann. So sagt er ungesehene Tweets am besten vorher.`,
};
