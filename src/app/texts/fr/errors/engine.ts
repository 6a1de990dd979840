/** What the page says when the engine stops, is busy or can't compute as it was asked to, in French. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatCount } from '../../../format.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';

const BACKEND_UNAVAILABLE: {
  readonly [R in ErrorDetails['backend-unavailable']['reason']]: string;
} = {
  'no-webgpu':
    'Ce navigateur ne connaît pas WebGPU : il ne peut donc pas calculer avec une carte graphique.',
  'no-adapter': 'Ce navigateur ne propose pas de carte graphique pour calculer.',
  'no-webassembly': 'Ce navigateur n’exécute pas WebAssembly.',
};

const DEVICE_LOST: {
  readonly [R in ErrorDetails['device-lost']['reason']]: (detail?: string) => string;
} = {
  driver: (detail) => `La carte graphique a cessé de répondre${inBrackets(detail)}.`,
  silent: () => 'La carte graphique a cessé de répondre.',
  failed: (detail) => `La carte graphique a signalé une erreur${inBrackets(detail)}.`,
  wrong: () => 'La carte graphique a donné des nombres faux.',
  replaced: () => 'Ceci s’est arrêté parce que ce qui calcule a été changé entre-temps.',
};

const WORKER_LOST: WordsBy<'reason', ErrorDetails['worker-lost']> = {
  'not-loaded': ({ detail }) => [
    `Le moteur n’a pas pu être chargé${inBrackets(detail)}.`,
    'Vérifiez la connexion, puis rechargez la page.',
  ],
  crashed: ({ detail }) => [
    `Le moteur s’est arrêté à cause d’une erreur${inBrackets(detail)}.`,
    'Rien de ce qui est enregistré n’est perdu. Redémarrez-le et reprenez où il en était.',
  ],
  'unreadable-message': [
    'Le moteur a envoyé quelque chose que la page ne peut pas lire.',
    'Rien de ce qui est enregistré n’est perdu. Rechargez la page.',
  ],
  terminated: [
    'Le moteur a été arrêté.',
    'Rien de ce qui est enregistré n’est perdu. Redémarrez-le et reprenez où il en était.',
  ],
};

const BUSY: WordsBy<'reason', ErrorDetails['busy']> = {
  'another-tab': [
    'Mynah est ouvert dans un autre onglet.',
    'Continuez là-bas, ou fermez cet autre onglet et réessayez ici.',
  ],
  training: [
    'Un bot est en entraînement.',
    'Attendez qu’il ait fini, ou mettez-le d’abord en pause.',
  ],
  importing: [
    'Des tweets sont encore en cours de lecture.',
    'Attendez que ce soit fini, puis réessayez.',
  ],
  generating: [
    'Des tweets sont encore en cours d’écriture.',
    'Attendez que ce soit fini, ou arrêtez-la d’abord.',
  ],
  downloading: [
    'Un modèle est en cours de téléchargement.',
    'Attendez que ce soit fini, ou mettez-le d’abord en pause.',
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
    nextStep: 'Laissez Mynah choisir ce qui fonctionne dans ce navigateur.',
  }),
  'device-lost': ({ reason, detail }) => ({
    sentence: DEVICE_LOST[reason](detail),
    nextStep:
      'Rien de ce qui est enregistré n’est perdu. Redémarrez le moteur et reprenez où il en était.',
  }),
  'worker-lost': wordsBy('reason', WORKER_LOST),
  busy: wordsBy('reason', BUSY),
  'loss-not-finite': ({ step }) => ({
    sentence: `L’entraînement a échoué à l’étape ${formatCount(step)} : ses nombres ont grandi au-delà de toute limite.`,
    nextStep:
      'Fixez un taux d’apprentissage plus petit sous « Réglages avancés » et entraînez à nouveau.',
  }),
  cancelled: () => ({
    sentence: 'Annulé.',
    nextStep: 'Recommencez quand vous voulez.',
  }),
  internal: ({ message }) => ({
    sentence: `Quelque chose s’est mal passé dans Mynah (${message}).`,
    nextStep: 'Réessayez. Si cela se reproduit, redémarrez le moteur.',
  }),
};
