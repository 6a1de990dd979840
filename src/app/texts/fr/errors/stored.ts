/** What the page says of stored things that are gone, damaged or not there yet, in French. */
import type { ErrorDetails, StoredThing } from '../../../../core/errors.ts';
import type { ErrorWords, ErrorTable } from '../../error-words.ts';
import { faultWords } from './faults.ts';

type What = StoredThing['what'];

/** Their ids mean nothing to people and are not shown. */
const NOT_FOUND: { readonly [W in What]: ErrorWords } = {
  dataset: {
    sentence: 'Ces tweets ont été supprimés ici.',
    nextStep:
      'Un bot qui a appris avec eux écrit toujours. Pour entraîner, importez à nouveau des tweets.',
  },
  texts: {
    sentence: 'Les tweets avec lesquels ce bot a appris ne sont pas enregistrés ici.',
    nextStep:
      'Le bot écrit toujours. Pour entraîner, importez les tweets à nouveau et faites un nouveau bot.',
  },
  run: {
    sentence: 'Ce bot a été supprimé ici.',
    nextStep: 'Choisissez un autre bot, ou entraînez-en un nouveau.',
  },
  version: {
    sentence: 'Cette version du bot a été supprimée ici.',
    nextStep: 'Choisissez-en une autre version.',
  },
  checkpoint: {
    sentence: 'Ce que ce bot avait appris n’est plus enregistré ici.',
    nextStep: 'Supprimez le bot et entraînez-en un nouveau avec les mêmes tweets.',
  },
  adapter: {
    sentence: 'Ce bot n’a pas d’adaptateur : c’est le modèle entier qui a été entraîné.',
    nextStep: 'Exportez plutôt le modèle.',
  },
  model: {
    sentence: 'Ce modèle de base n’est plus enregistré dans ce navigateur.',
    nextStep: 'Choisissez un autre modèle, ou ajoutez celui-ci à nouveau.',
  },
  download: {
    sentence: 'Ce téléchargement n’est plus enregistré ici.',
    nextStep: 'Relancez-le.',
  },
};

const BOT_DAMAGED = {
  sentence: 'Ce qui est enregistré de ce bot est endommagé',
  nextStep: 'Supprimez-le et entraînez-en un nouveau avec les mêmes tweets.',
};

/** Sentences without their full stop: what exactly is damaged follows in brackets. */
const DAMAGED: { readonly [W in Exclude<What, 'model'>]: ErrorWords } = {
  dataset: {
    sentence: 'Des tweets enregistrés ici sont endommagés',
    nextStep:
      'Supprimez-les et importez-les à nouveau. Les bots entraînés avec eux écrivent toujours.',
  },
  texts: {
    sentence: 'Les tweets enregistrés avec ce bot sont endommagés',
    nextStep:
      'Le bot écrit toujours. Pour entraîner, importez les tweets à nouveau et faites un nouveau bot.',
  },
  run: BOT_DAMAGED,
  version: BOT_DAMAGED,
  checkpoint: BOT_DAMAGED,
  adapter: BOT_DAMAGED,
  download: {
    sentence: 'Ce qui a été téléchargé de ce modèle est endommagé',
    nextStep: 'Supprimez le téléchargement, puis relancez-le.',
  },
};

const DAMAGED_MODEL: {
  readonly [O in NonNullable<ErrorDetails['stored-data-damaged']['origin']>]: ErrorWords;
} = {
  starter: {
    sentence: 'Le modèle fourni avec la page est endommagé dans le stockage de ce navigateur',
    nextStep: 'Rechargez la page pour le chercher à nouveau.',
  },
  files: {
    sentence: 'Le modèle de base est endommagé dans le stockage de ce navigateur',
    nextStep: 'Supprimez le modèle ici, puis ajoutez-le à nouveau depuis ses fichiers.',
  },
  bot: {
    sentence: 'Le modèle de ce bot est endommagé dans le stockage de ce navigateur',
    nextStep: 'Supprimez le bot ici, puis ouvrez son fichier à nouveau.',
  },
  hub: {
    sentence: 'Le modèle de base est endommagé dans le stockage de ce navigateur',
    nextStep: 'Supprimez le modèle ici, puis téléchargez-le à nouveau.',
  },
};

export const storedErrors: ErrorTable<'not-found' | 'stored-data-damaged' | 'not-trained-yet'> = {
  'not-found': ({ what }) => NOT_FOUND[what],
  'stored-data-damaged': ({ what, origin = 'files', fault }) => {
    const text = what === 'model' ? DAMAGED_MODEL[origin] : DAMAGED[what];
    return { ...text, sentence: `${text.sentence} (${faultWords(fault)}).` };
  },
  'not-trained-yet': () => ({
    sentence: 'Ce bot n’a encore rien appris.',
    nextStep: 'Entraînez-le : il pourra écrire dès son premier enregistrement.',
  }),
};
