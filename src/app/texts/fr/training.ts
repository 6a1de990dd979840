/** Step 2 in French: training a bot. The names of its options are in `options.ts`. */
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

/** `vos tweets 4 fois`, `2,7 % de vos tweets` */
function passes(epochs: number): string {
  const rounded = Math.round(epochs * 10) / 10;
  if (rounded < 1) return `${formatChance(epochs)} de vos tweets`;
  return rounded === 1 ? 'vos tweets une fois' : `vos tweets ${formatRough(rounded)} fois`;
}

/** `8 000 paramètres`, `6,3 millions de paramètres` */
function parametersOf(count: number): string {
  if (count >= 1e6) return `${formatMillions(count)} de paramètres`;
  return byCount(count, {
    one: `${formatMillions(count)} paramètre`,
    other: `${formatMillions(count)} paramètres`,
  });
}

const ORDINALS = [
  ...['première', 'deuxième', 'troisième', 'quatrième'],
  ...['cinquième', 'sixième', 'septième', 'huitième'],
];

export const training: Catalogue['training'] = {
  /* The form */
  howLong: 'Combien de temps peut-il prendre ?',
  presets: {
    quick: {
      label: 'Rapide',
      description: 'Lit vos tweets deux fois, et reprend vos mots et vos sujets.',
    },
    good: {
      label: 'Bon',
      description:
        'Lit vos tweets jusqu’à quatre fois, et s’arrête avant de ne plus faire que les apprendre par cœur. Pour beaucoup de tweets.',
    },
    best: {
      label: 'Le meilleur',
      description:
        'Essaie trois taux d’apprentissage pendant une passe chacun, et continue avec le meilleur pendant huit passes au plus. Pour de très nombreux tweets, ou des tweets inhabituels.',
    },
    huggingtweets: {
      label: 'huggingtweets',
      description: 'Les réglages de huggingtweets, dont cette page s’inspire, pour comparer.',
    },
  },
  takes: (time: string) => `Il faut ici ${time}.`,
  recommended: 'Recommandé.',
  estimatingStart: 'Estimation de la durée… L’entraînement commencera dès qu’elle sera connue.',
  time: 'Durée',
  memory: 'Mémoire',
  steps: 'Étapes',
  repeats: (bold: Inline, name: string): ComponentChildren => [
    bold(`Refait « ${name} ».`),
    ' Sa recette est inscrite sous « Réglages avancés », où vous pouvez la modifier.',
  ],
  sameTweets: 'Les tweets sont les mêmes.',
  addItsTweets: 'Ajoutez sous « Vos tweets » ceux avec lesquels il a appris.',
  otherTweets: 'Ce ne sont pas exactement les tweets avec lesquels il a appris.',
  itsModelMissing: (model: string | null) =>
    model === null
      ? 'Il partait d’un modèle qui n’est pas là : choisissez-le ci-dessus.'
      : `Il partait du modèle ${model}, qui n’est pas là : choisissez-le ci-dessus.`,
  hideThis: 'Masquer ceci',

  /* What computes */
  lookingForFastest: 'Recherche de ce qui calcule le plus vite ici…',
  nothingComputes: 'Rien ne calcule encore.',
  fastest: 'Le plus rapide ici',
  backends: {
    webgpu: 'Carte graphique (WebGPU)',
    wasm: 'Processeur (WebAssembly)',
    cpu: 'Processeur, simple (JavaScript)',
  },
  cardWorks: (card: string) => `C’est votre carte graphique qui calcule : ${card}.`,
  /** Who does the work, as the subject of `computes`. */
  workers: {
    software: (adapter: string) => `une carte graphique simulée par logiciel (${adapter})`,
    wasm: (threads: number) =>
      byCount(threads, {
        one: `votre processeur (${formatCount(threads)} thread)`,
        other: `votre processeur (${formatCount(threads)} threads)`,
      }),
    cpu: 'votre processeur, en mode lent (JavaScript pur),',
  },
  computes: {
    requested: (worker: string) => `Comme vous l’avez choisi, c’est ${worker} qui calcule.`,
    'software-gpu': (worker: string) =>
      `La carte graphique de ce navigateur n’est que simulée par logiciel : c’est donc ${worker} qui calcule. Ce sera plus lent.`,
    'no-webgpu': (worker: string) =>
      `Ce navigateur ne propose pas de carte graphique ici : c’est donc ${worker} qui calcule. Ce sera plus lent.`,
    'no-adapter': (worker: string) =>
      `Ce navigateur ne propose pas de carte graphique ici : c’est donc ${worker} qui calcule. Ce sera plus lent.`,
    'gpu-wrong-numbers': (worker: string) =>
      `La carte graphique de cet ordinateur a donné des nombres faux lors d’un court test : c’est donc ${worker} qui calcule. Un pilote graphique ou un navigateur plus récent peut aider.`,
    'gpu-wrong-model': (worker: string) =>
      `La carte graphique de cet ordinateur a donné des nombres faux avec le modèle entier : c’est donc ${worker} qui calcule. Un pilote graphique ou un navigateur plus récent peut aider.`,
    'gpu-refused': (worker: string) =>
      `Ce navigateur n’a pas pu ouvrir la carte graphique de cet ordinateur : c’est donc ${worker} qui calcule. Redémarrer le navigateur peut aider.`,
    'gpu-no-answer': (worker: string) =>
      `La carte graphique de cet ordinateur n’a pas répondu : c’est donc ${worker} qui calcule. Redémarrer le navigateur peut aider.`,
    'gpu-lost': (worker: string) =>
      `La carte graphique de cet ordinateur a cessé de fonctionner : c’est donc ${worker} qui calcule. Un pilote graphique ou un navigateur plus récent peut aider.`,
    'gpu-failed': (worker: string) =>
      `La carte graphique de cet ordinateur a signalé une erreur : c’est donc ${worker} qui calcule. Un pilote graphique ou un navigateur plus récent peut aider.`,
    'processor-faster': (worker: string) =>
      `Lors d’un court test, la carte graphique de cet ordinateur a été plus lente avec un modèle aussi petit : c’est donc ${worker} qui calcule.`,
    'hardware-gpu': (worker: string) => `Ici, c’est ${worker} qui calcule.`,
  },
  wasmFaults: {
    'no-webassembly': 'Ce navigateur n’a pas WebAssembly, qui serait plusieurs fois plus rapide.',
    'wasm-refused':
      'Ce navigateur est réglé pour refuser WebAssembly, qui serait plusieurs fois plus rapide.',
    'wasm-failed': 'WebAssembly, qui serait plusieurs fois plus rapide, n’a pas pu démarrer.',
  },

  /* Why it can't start */
  blocked: {
    noTweets: 'L’entraînement pourra commencer dès qu’il y aura des tweets sous « Vos tweets ».',
    tooFew: (needed: number) =>
      `L’entraînement pourra commencer dès qu’au moins ${formatCount(needed)} caractères de tweets seront gardés.`,
    noneYet: 'Aucun ne l’est encore : ajoutez des tweets sous « Vos tweets ».',
    noneYetKeep:
      'Aucun ne l’est encore : sous « Vos tweets », gardez plus de tweets ou ajoutez-en.',
    soFar: (characters: number) =>
      byCount(characters, {
        one: `Il y en a ${formatCount(characters)} pour l’instant : ajoutez des tweets sous « Vos tweets ».`,
        other: `Il y en a ${formatCount(characters)} pour l’instant : ajoutez des tweets sous « Vos tweets ».`,
      }),
    soFarKeep: (characters: number) =>
      byCount(characters, {
        one: `Il y en a ${formatCount(characters)} pour l’instant : sous « Vos tweets », gardez plus de tweets ou ajoutez-en.`,
        other: `Il y en a ${formatCount(characters)} pour l’instant : sous « Vos tweets », gardez plus de tweets ou ajoutez-en.`,
      }),
    noModel: 'L’entraînement pourra commencer dès qu’un autre modèle sera choisi ou ajouté.',
    modelMissing: (name: string) =>
      `L’entraînement pourra commencer dès que ${name} sera téléchargé.`,
    invalid: (options: readonly string[], advanced: string) =>
      byCount(options.length, {
        one: `L’entraînement pourra commencer dès que ceci sera corrigé sous « ${advanced} » : ${formatList(options)}.`,
        other: `L’entraînement pourra commencer dès que ceci sera corrigé sous « ${advanced} » : ${formatList(options)}.`,
      }),
    starting:
      'L’entraînement pourra commencer dans un instant, dès qu’on saura ce qui calcule le plus vite ici.',
    unavailable: (computeWith: string) =>
      `L’entraînement pourra commencer dès qu’il y aura de quoi calculer : choisissez autre chose ci-dessous, dans « ${computeWith} ».`,
    elsewhere: 'L’entraînement pourra commencer dès que Mynah sera fermé dans l’autre onglet.',
    lost: 'L’entraînement pourra commencer dès que le moteur tournera à nouveau : redémarrez-le en haut de la page.',
    planning: 'L’entraînement pourra commencer dans un instant : estimation de sa durée en cours…',
    importing: 'L’entraînement pourra commencer dès que tous les tweets auront été lus.',
    training:
      'L’entraînement pourra commencer dès que le bot en entraînement aura fini ou sera en pause.',
    writing:
      'L’entraînement pourra commencer dès que les tweets en cours d’écriture seront finis ou arrêtés.',
  },

  /* Phases */
  estimating: 'Estimation',
  gettingReady: 'Préparation',
  phases: {
    'loading-model': 'Chargement du modèle',
    tokenizing: 'Découpage des tweets en tokens',
    compiling: 'Préparation de votre carte graphique',
    timing: 'Mesure de quelques étapes',
    checking: 'Vérification de votre carte graphique',
    trying: 'Essai de taux d’apprentissage',
    training: 'Entraînement',
    settling: 'Choix de ce qui reste',
    saving: 'Enregistrement',
  },
  phasePart: (phase: string, share: number) => `${phase}, ${formatProgress(share)}`,
  underway: (phase: string) => `${phase}…`,

  /* The plan */
  reads: (epochs: number) => `Lit ${passes(epochs)}.`,
  soThatItFits: (savings: readonly string[]) => `Pour que cela tienne, ${formatList(savings)}.`,
  savings: {
    adapter: 'un petit adaptateur est entraîné au lieu de tout le modèle',
    halves: 'certains résultats intermédiaires sont gardés avec moins de chiffres',
    isOn: (option: string) => `« ${option} » est activé`,
  },
  modelHas: (parameters: number) => `Le modèle a ${parametersOf(parameters)}.`,
  adapterHas: (trained: number, parameters: number) =>
    `L’adaptateur a ${parametersOf(trained)}, à côté du modèle, dont les ${parametersOf(parameters)} restent comme ils sont.`,
  readsAt: (speed: string) => `Il lit ${speed}.`,
  memoryIs: (weights: number, gradients: number, moments: number, rest: number) =>
    `Sa mémoire se compose de ${formatList([
      `${formatBytes(weights)} pour le modèle`,
      `${formatBytes(gradients)} pour ce que chaque étape y change`,
      `${formatBytes(moments)} pour ce qu’il retient des étapes passées`,
      `${formatBytes(rest)} d’espace de travail`,
    ])}.`,
  trainedAll: (parameters: number) => `tous les paramètres (${formatMillions(parameters)})`,
  trainedAdapter: (parameters: number) => `un adaptateur de ${parametersOf(parameters)}`,

  /* A running training */
  live: 'Entraînement en cours',
  stepOf: (step: number, steps: number) => `Étape ${formatCount(step)} sur ${formatCount(steps)}`,
  stepOfInRow: (step: number, steps: number) =>
    `étape ${formatCount(step)} sur ${formatCount(steps)}`,
  skipped: (steps: number) =>
    byCount(steps, {
      one: `${formatCount(steps)} étape sautée, car ses gradients n’étaient pas des nombres finis.`,
      other: `${formatCount(steps)} étapes sautées, car leurs gradients n’étaient pas des nombres finis.`,
    }),
  savedAsItGoes:
    'Enregistré au fur et à mesure : vous pouvez fermer l’onglet et continuer plus tard.',
  pausing: 'Mise en pause…',
  finishing: 'Dernières opérations…',
  secondsLeft: (seconds: number) => `encore ${formatDuration(seconds)}`,
  learningRateIs: (rate: string) => `Taux d’apprentissage ${rate}`,
  gradientNormIs: (norm: string) => `norme du gradient avant écrêtage ${norm}`,
  wouldWriteNow: 'Ce qu’il écrirait maintenant',
  atStep: (step: number) => `à l’étape ${formatCount(step)}`,
  it: 'Lui',

  /* One that isn't finished */
  pausedAt: (step: number, steps: number) =>
    `En pause à l’étape ${formatCount(step)} sur ${formatCount(steps)}`,
  interruptedAt: (step: number, steps: number) =>
    `Interrompu à l’étape ${formatCount(step)} sur ${formatCount(steps)}`,
  startOver: 'Recommencer',
  tweetsDeleted:
    'Les tweets avec lesquels il apprenait ont été supprimés ici : il ne peut donc pas continuer.',
  stillWrites: 'Il écrit toujours avec ce qu’il a appris.',
  allSaved: 'Tout est enregistré jusqu’ici.',
  pageWasClosed: 'La page a été fermée pendant l’entraînement. Ce qui était enregistré est là.',

  /* A finished one */
  facts: {
    steps: 'Étapes',
    passes: 'Passes sur vos tweets',
    speed: 'Vitesse',
    trained: 'Entraîné',
    learningRate: 'Taux d’apprentissage',
    blockLength: 'Longueur des blocs',
    batch: 'Batch',
    seed: 'Graine',
    computedWith: 'Calculé avec',
    finished: 'Terminé',
    size: 'Taille',
  },
  tokens: (count: number) =>
    byCount(count, { one: `${formatCount(count)} token`, other: `${formatCount(count)} tokens` }),
  batch: (tokens: number, blocks: number) =>
    byCount(blocks, {
      one: `${formatCount(tokens)} tokens par étape, ${formatCount(blocks)} bloc à la fois`,
      other: `${formatCount(tokens)} tokens par étape, ${formatCount(blocks)} blocs à la fois`,
    }),
  stepsOf: (done: number, planned: number) => `${formatCount(done)} sur ${formatCount(planned)}`,
  stepsOfSkipped: (done: number, planned: number, skipped: number) =>
    byCount(skipped, {
      one: `${formatCount(done)} sur ${formatCount(planned)}, dont ${formatCount(skipped)} sautée`,
      other: `${formatCount(done)} sur ${formatCount(planned)}, dont ${formatCount(skipped)} sautées`,
    }),
  adapterOf: (adapter: string, backend: string) => `${adapter} (${backend})`,
  trainAnother: 'Entraîner un autre bot',
  bestAfterPass: (pass: number) => {
    const ordinal = ORDINALS[pass - 1];
    return ordinal === undefined
      ? `Il s’est mis à apprendre par cœur après avoir lu ${passes(pass)} : il écrit donc comme à ce moment-là.`
      : `Il s’est mis à apprendre par cœur après la ${ordinal} passe : il écrit donc comme à ce moment-là.`;
  },
  bestAfter: (epochs: number) =>
    `Il s’est mis à apprendre par cœur après avoir lu ${passes(epochs)} : il écrit donc comme à ce moment-là.`,
  bestWhenStopped: (epochs: number) =>
    `Il a lu ${passes(epochs)} avant que vous l’arrêtiez, et c’est à la fin qu’il était le meilleur.`,
  bestAtEnd: (epochs: number) =>
    `Il a lu ${passes(epochs)}, et c’est à la fin qu’il était le meilleur : d’autres passes l’amélioreraient peut-être encore.`,
  mixed: (learned: number) =>
    `Ses poids viennent à ${formatPercent(learned)} de ce qu’il a appris et à ${formatPercent(1 - learned)} du modèle de départ : c’est ainsi qu’il prédit le mieux des tweets jamais vus.`,
};
