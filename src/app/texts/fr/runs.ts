/** The page of runs, in French. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const runs: Catalogue['runs'] = {
  about:
    'Tout ce qui a été enregistré de chaque session d’entraînement. Cela reste dans ce navigateur. Choisissez deux sessions ou plus pour les comparer.',
  none: 'Rien n’a encore été entraîné ici. Une session apparaît ici quand son entraînement se termine ou est mis en pause, ou quand vous l’importez.',
  trainBot: 'Entraîner un bot',
  inTraining: (name: string) =>
    `${name} est en entraînement. Sa session apparaîtra ici quand il se terminera ou sera mis en pause.`,
  fileHint: 'Un fichier JSON de sessions exporté ici',
  imported: (count: number, file: string) =>
    byCount(count, {
      one: `${formatCount(count)} session importée de « ${file} ».`,
      other: `${formatCount(count)} sessions importées de « ${file} ».`,
    }),
  known: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} session déjà présente reste inchangée.`,
      other: `${formatCount(count)} sessions déjà présentes restent inchangées.`,
    }),

  export: 'Exporter',
  exportMany: (count: number) =>
    byCount(count, {
      one: `Exporter ${formatCount(count)} session`,
      other: `Exporter ${formatCount(count)} sessions`,
    }),
  exportKinds: {
    json: { name: 'JSON', what: 'tout ce qui a été enregistré ; peut être réimporté' },
    csv: {
      name: 'CSV',
      what: 'un tableau des sessions et un autre de leurs étapes, dans un ZIP',
    },
    tensorboard: {
      name: 'TensorBoard',
      what: 'un dossier de fichiers d’événements, dans un ZIP',
    },
    wandb: { name: 'Weights & Biases', what: 'le JSON et un script qui l’envoie, dans un ZIP' },
  },
  exportPromise:
    'Aucun de ces fichiers ne contient vos tweets ni les mots que vous écartez par filtre.',

  compared: (count: number) =>
    byCount(count, {
      one: `${formatCount(count)} session comparée`,
      other: `${formatCount(count)} sessions comparées`,
    }),
  stopComparing: 'Fermer la comparaison',
  allSettings: 'Tous les réglages',
  whatDiffers: 'Ce qui diffère',

  tweets: (count: number) =>
    byCount(count, { one: `${formatCount(count)} tweet`, other: `${formatCount(count)} tweets` }),
  steps: (count: number) =>
    byCount(count, { one: `${formatCount(count)} étape`, other: `${formatCount(count)} étapes` }),
  lossIs: (loss: string) => `perte ${loss}`,
  deleteRecord: 'Supprimer cet enregistrement',
  goToBot: 'Aller au bot',
  notesHint: 'Ce que vous avez essayé, et ce que cela a donné',
  checkpoints: 'Checkpoints',
  checkpointKinds: {
    version: 'Une version terminée',
    best: 'Perte la plus basse jusqu’ici',
    last: 'Dernier enregistrement',
  },
  step: (step: number) => `Étape ${formatCount(step)}`,
  makeBot: 'En faire un bot',
  isImported: 'Importé',

  /* The chart */
  metrics: {
    loss: { label: 'Perte', axis: 'Perte (nats par token)' },
    bitsPerByte: { label: 'Bits par octet', axis: 'Bits par octet des tweets mis de côté' },
    learningRate: { label: 'Taux d’apprentissage', axis: 'Taux d’apprentissage' },
    gradientNorm: { label: 'Norme du gradient', axis: 'Norme avant écrêtage' },
    tokensPerSecond: { label: 'Vitesse', axis: 'Tokens par seconde' },
  },
  axes: { step: 'Étape', epoch: 'Passe', time: 'Minutes' },
  xAxis: 'Axe des x',
  smoothing: 'Lissage',
  logarithmic: 'Logarithmique',
  trainingLoss: 'Perte à l’entraînement',
  heldOut: 'tweets mis de côté',
  linesAlone:
    'À quel point il prédit mal vos tweets : plus c’est bas, mieux c’est. Tirets : tweets mis de côté.',
  lines: 'Trait plein : tweets d’entraînement. Tirets : tweets mis de côté.',
  notMeasured: 'Cela n’a pas été mesuré.',
  curve: (name: string, from: string, to: string) => `${name}, de ${from} à ${to}`,
  curveOnHeldOut: (name: string, from: string, to: string) =>
    `${name} sur les tweets mis de côté, de ${from} à ${to}`,
  curves: (metric: string, curves: readonly string[]) => `${metric} : ${curves.join(' ; ')}`,

  /* Facts of a run */
  groups: { result: 'Résultat', recipe: 'Recette', tweets: 'Tweets', computer: 'Ordinateur' },
  facts: {
    lowest: 'Perte la plus basse sur les tweets mis de côté',
    lastLoss: 'Dernière perte à l’entraînement',
    steps: 'Étapes',
    time: 'Durée',
    speed: 'Vitesse',
    outcome: 'Issue',
    perplexity: 'Perplexité à cette perte',
    reachedAt: 'Atteinte à l’étape',
    quiz: 'Vrai ou bot : reconnus',
    passes: 'Passes sur les tweets',
    started: 'Commencé',
    startsFrom: 'Modèle de départ',
    trained: 'Entraîné',
    preset: 'Préréglage',
    plannedPasses: 'Passes prévues sur les tweets',
    plannedSteps: 'Étapes prévues',
    tokensPerStep: 'Tokens par étape',
    from: 'Tweets de',
    read: 'Lus',
    kept: 'Gardés',
    texts: 'Textes',
    characters: 'Caractères',
    filters: 'Filtres modifiés',
    hash: 'SHA-256 des textes',
    computedWith: 'Calculé avec',
    backend: 'Backend',
    browser: 'Navigateur',
  },
  quizOutcome: (right: number, pairs: number, rounds: number) =>
    byCount(rounds, {
      one: `${formatCount(right)} paires sur ${formatCount(pairs)} en ${formatCount(rounds)} partie`,
      other: `${formatCount(right)} paires sur ${formatCount(pairs)} en ${formatCount(rounds)} parties`,
    }),
  stepsOf: (done: number, planned: number) => `${formatCount(done)} sur ${formatCount(planned)}`,
  leftOut: (reason: string) => `Écartés : ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
  noFilters: 'aucun',
  yes: 'oui',
  no: 'non',
  outcomes: {
    paused: 'En pause',
    completed: 'Achevé',
    learnedEnough: 'Terminé plus tôt, ayant assez appris',
    endedEarly: 'Terminé plus tôt',
    stopped: 'Arrêté à la main',
    failed: 'Échoué',
    interrupted: 'Interrompu',
    finished: 'Terminé',
    inTraining: 'En entraînement',
  },
  failedBecause: (code: string) => `Échoué : ${code}`,
  recipe: {
    blockLength: 'Longueur des blocs',
    microBatch: 'Blocs par micro-batch',
    accumulation: 'Micro-batches par étape',
    learningRate: 'Taux d’apprentissage',
    warmup: 'Échauffement, part des étapes',
    finalRate: 'Taux d’apprentissage final, part du plus haut',
    dropout: 'Dropout',
    attention: 'Attention à l’intérieur de chaque',
    checkpointing: 'Activations recalculées',
    hasHalfActivations: 'Activations en float16',
    'mode.rank': 'Rang de l’adaptateur',
    'mode.alpha': 'Alpha de l’adaptateur',
    'mode.dropout': 'Dropout de l’adaptateur',
    'mode.targets': 'Couches avec adaptateur',
    'mode.isBaseHalf': 'Modèle de base en float16',
    'adamw.beta1': 'AdamW : β₁',
    'adamw.beta2': 'AdamW : β₂',
    'adamw.epsilon': 'AdamW : ε',
    'adamw.weightDecay': 'Décroissance des poids',
    'adamw.maxGradNorm': 'Norme du gradient écrêtée à',
    seed: 'Graine',
    validationShare: 'Part des tweets mis de côté',
    evaluateEvery: 'Étapes entre les évaluations',
    validationBlocks: 'Blocs par évaluation, au plus',
    mixesWithBase: 'Mélangé au modèle de base si cela aide',
    patience: 'Évaluations sans meilleure perte avant la fin',
  },
};
