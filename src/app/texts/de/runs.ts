/** The page of runs, in German. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const runs: Catalogue['runs'] = {
  about:
    'Alles, was von jedem Training aufgezeichnet wurde. Es bleibt in diesem Browser. Wähle zwei oder mehr Läufe, um sie zu vergleichen.',
  none: 'Hier ist noch nichts trainiert worden. Ein Lauf erscheint hier, wenn sein Training endet oder pausiert, oder wenn du ihn importierst.',
  trainBot: 'Bot trainieren',
  inTraining: (name: string) =>
    `${name} ist im Training. Sein Lauf wird hier gezeigt, wenn es endet oder pausiert.`,
  fileHint: 'Eine JSON-Datei mit Läufen, die hier exportiert wurde',
  imported: (count: number, file: string) =>
    byCount(count, {
      one: `${formatCount(count)} Lauf aus „${file}“ importiert.`,
      other: `${formatCount(count)} Läufe aus „${file}“ importiert.`,
    }),
  known: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Lauf, der schon hier ist, bleibt unverändert.`,
      other: `${formatCount(count)} Läufe, die schon hier sind, bleiben unverändert.`,
    }),

  export: 'Exportieren',
  exportMany: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Lauf exportieren`,
      other: `${formatCount(count)} Läufe exportieren`,
    }),
  exportKinds: {
    json: { name: 'JSON', what: 'alles Aufgezeichnete; lässt sich wieder importieren' },
    csv: { name: 'CSV', what: 'eine Tabelle der Läufe und eine ihrer Schritte, in einem ZIP' },
    tensorboard: { name: 'TensorBoard', what: 'ein Ordner mit Event-Dateien, in einem ZIP' },
    wandb: {
      name: 'Weights & Biases',
      what: 'das JSON und ein Skript, das es protokolliert, in einem ZIP',
    },
  },
  exportPromise:
    'Keine dieser Dateien enthält deine Tweets oder die Wörter, die du herausfilterst.',

  compared: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Lauf im Vergleich`,
      other: `${formatCount(count)} Läufe im Vergleich`,
    }),
  stopComparing: 'Vergleich beenden',
  allSettings: 'Alle Einstellungen',
  whatDiffers: 'Unterschiede',

  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} Tweet`, other: `${formatCount(count)} Tweets` }),
  steps: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} Schritt`,
      other: `${formatCount(count)} Schritte`,
    }),
  lossIs: (loss: string) => `Loss ${loss}`,
  deleteRecord: 'Diese Aufzeichnung löschen',
  goToBot: 'Zum Bot',
  notesHint: 'Was du ausprobiert hast und was dabei herauskam',
  checkpoints: 'Checkpoints',
  checkpointKinds: {
    version: 'Eine fertige Version',
    best: 'Bisher niedrigster Loss',
    last: 'Zuletzt gespeichert',
  },
  step: (step: number) => `Schritt ${formatCount(step)}`,
  makeBot: 'Bot daraus machen',
  isImported: 'Importiert',

  /* The chart */
  metrics: {
    loss: { label: 'Loss', axis: 'Loss (Nat pro Token)' },
    bitsPerByte: { label: 'Bit pro Byte', axis: 'Bit pro Byte der zurückgehaltenen Tweets' },
    learningRate: { label: 'Lernrate', axis: 'Lernrate' },
    gradientNorm: { label: 'Gradientennorm', axis: 'Norm vor dem Clipping' },
    tokensPerSecond: { label: 'Tempo', axis: 'Tokens pro Sekunde' },
  },
  axes: { step: 'Schritt', epoch: 'Durchgang', time: 'Minuten' },
  xAxis: 'x-Achse',
  smoothing: 'Glättung',
  logarithmic: 'Logarithmisch',
  trainingLoss: 'Trainings-Loss',
  heldOut: 'zurückgehaltene Tweets',
  linesAlone:
    'Wie schlecht er deine Tweets vorhersagt: Niedriger ist besser. Gestrichelt: zurückgehaltene Tweets.',
  lines: 'Durchgezogen: Trainings-Tweets. Gestrichelt: zurückgehaltene Tweets.',
  notMeasured: 'Das wurde nicht gemessen.',
  curve: (name: string, from: string, to: string) => `${name} von ${from} bis ${to}`,
  curveOnHeldOut: (name: string, from: string, to: string) =>
    `${name} auf zurückgehaltenen Tweets von ${from} bis ${to}`,
  curves: (metric: string, curves: readonly string[]) => `${metric}: ${curves.join('; ')}`,

  /* Facts of a run */
  groups: { result: 'Ergebnis', recipe: 'Rezept', tweets: 'Tweets', computer: 'Computer' },
  facts: {
    lowest: 'Niedrigster Loss auf zurückgehaltenen Tweets',
    lastLoss: 'Letzter Trainings-Loss',
    steps: 'Schritte',
    time: 'Zeit',
    speed: 'Tempo',
    outcome: 'Ausgang',
    perplexity: 'Perplexität bei diesem Loss',
    reachedAt: 'Erreicht bei Schritt',
    quiz: 'Echt oder Bot: erkannt',
    passes: 'Durchgänge durch die Tweets',
    started: 'Begonnen',
    startsFrom: 'Ausgangsmodell',
    trained: 'Trainiert',
    preset: 'Voreinstellung',
    plannedPasses: 'Geplante Durchgänge durch die Tweets',
    plannedSteps: 'Geplante Schritte',
    tokensPerStep: 'Tokens pro Schritt',
    from: 'Von',
    read: 'Gelesen',
    kept: 'Behalten',
    texts: 'Texte',
    characters: 'Zeichen',
    filters: 'Geänderte Filter',
    hash: 'SHA-256 der Texte',
    computedWith: 'Gerechnet mit',
    backend: 'Backend',
    browser: 'Browser',
  },
  quizOutcome: (right: number, pairs: number, rounds: number) =>
    byCount(rounds, {
      one: `${formatCount(right)} von ${formatCount(pairs)} Paaren in ${formatCount(rounds)} Runde`,
      other: `${formatCount(right)} von ${formatCount(pairs)} Paaren in ${formatCount(rounds)} Runden`,
    }),
  stepsOf: (done: number, planned: number) => `${formatCount(done)} von ${formatCount(planned)}`,
  leftOut: (reason: string) => `Weggelassen: ${reason}`,
  noFilters: 'keine',
  yes: 'ja',
  no: 'nein',
  outcomes: {
    paused: 'Pausiert',
    completed: 'Abgeschlossen',
    learnedEnough: 'Vorzeitig beendet, weil genug gelernt',
    endedEarly: 'Vorzeitig beendet',
    stopped: 'Von Hand gestoppt',
    failed: 'Fehlgeschlagen',
    interrupted: 'Unterbrochen',
    finished: 'Fertig',
    inTraining: 'Im Training',
  },
  failedBecause: (code: string) => `Fehlgeschlagen: ${code}`,
  recipe: {
    blockLength: 'Blocklänge',
    microBatch: 'Blöcke pro Micro-Batch',
    accumulation: 'Micro-Batches pro Schritt',
    learningRate: 'Lernrate',
    warmup: 'Aufwärmphase, Anteil der Schritte',
    finalRate: 'Lernrate am Ende, Anteil der höchsten',
    dropout: 'Dropout',
    attention: 'Attention innerhalb von',
    checkpointing: 'Aktivierungen neu berechnet',
    hasHalfActivations: 'Aktivierungen als float16',
    'mode.rank': 'Rang des Adapters',
    'mode.alpha': 'Alpha des Adapters',
    'mode.dropout': 'Dropout des Adapters',
    'mode.targets': 'Schichten mit Adapter',
    'mode.isBaseHalf': 'Basismodell als float16',
    'adamw.beta1': 'AdamW: β₁',
    'adamw.beta2': 'AdamW: β₂',
    'adamw.epsilon': 'AdamW: ε',
    'adamw.weightDecay': 'Weight Decay',
    'adamw.maxGradNorm': 'Gradientennorm begrenzt auf',
    seed: 'Seed',
    validationShare: 'Anteil zurückgehaltener Tweets',
    evaluateEvery: 'Schritte zwischen Auswertungen',
    validationBlocks: 'Blöcke pro Auswertung, höchstens',
    mixesWithBase: 'Mit dem Basismodell gemischt, wenn das hilft',
    patience: 'Auswertungen ohne besseren Loss bis zum Ende',
  },
};
