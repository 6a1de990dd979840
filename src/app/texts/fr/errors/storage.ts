/** What the page says when the browser or the disk doesn't take what is to be written, in French. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorWords, inBrackets, type ErrorTable } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: {
  readonly [R in ErrorDetails['storage-blocked']['reason']]: (detail?: string) => ErrorWords;
} = {
  absent: () => ({
    sentence: 'Ce navigateur n’offre pas de stockage aux pages (IndexedDB).',
    nextStep: 'Activez-le dans les réglages du navigateur, ou utilisez un autre navigateur.',
  }),
  denied: () => ({
    sentence: 'Le navigateur ne laisse pas cette page enregistrer quoi que ce soit.',
    nextStep:
      'Autorisez les cookies et les données de ce site dans les réglages du navigateur, puis rechargez-le.',
  }),
  'no-answer': () => ({
    sentence: 'Le stockage du navigateur ne répond pas.',
    nextStep: 'Redémarrez le navigateur : ce qui est enregistré ici devrait être à nouveau là.',
  }),
  'older-tab': () => ({
    sentence: 'Une version plus ancienne de cette page est ouverte dans un autre onglet.',
    nextStep: 'Fermez cet onglet, puis réessayez.',
  }),
  'newer-version': () => ({
    sentence:
      'Ce qui est enregistré ici appartient à une version de Mynah plus récente que cette page.',
    nextStep:
      'Rechargez cette page pour obtenir cette version. Si cela n’aide pas, fermez tous les onglets de Mynah et rouvrez-le.',
  }),
  closed: () => ({
    sentence: 'Le navigateur a fermé le stockage de cette page.',
    nextStep:
      'Réessayez. Si les données de ce site ont été effacées, ajoutez vos tweets à nouveau.',
  }),
  vanished: () => ({
    sentence: 'Des données ont disparu pendant leur enregistrement.',
    nextStep: 'Fermez les autres onglets de cette page, puis réessayez.',
  }),
  failed: (detail) => ({
    sentence: `Le navigateur n’a pas pu lire ou écrire le stockage de cette page${inBrackets(detail)}.`,
    nextStep: 'Réessayez. Si cela se reproduit, redémarrez le navigateur.',
  }),
};

const NOT_WRITABLE: {
  readonly [R in ErrorDetails['file-not-writable']['reason']]: (
    detail?: string,
  ) => readonly [sentence: string, nextStep: string];
} = {
  full: () => [
    'Il n’y a plus de place là où le fichier devait aller.',
    'Libérez-y de la place, ou exportez ailleurs. Le bot est toujours ici.',
  ],
  denied: () => [
    'Le navigateur n’a pas le droit d’écrire dans le fichier choisi.',
    'Exportez à nouveau en l’autorisant, ou choisissez un autre endroit. Le bot est toujours ici.',
  ],
  failed: (detail) => [
    `Le navigateur n’a pas pu écrire dans le fichier choisi${inBrackets(detail)}.`,
    'Exportez à nouveau, ou choisissez un autre endroit. Le bot est toujours ici.',
  ],
};

export const storageErrors: ErrorTable<'storage-quota' | 'storage-blocked' | 'file-not-writable'> =
  {
    'storage-quota': (details) => ({
      sentence: `Le stockage de ce navigateur pour la page est plein${needed(details)}.`,
      nextStep:
        'Supprimez un bot ou des tweets dont vous n’avez plus besoin, puis réessayez. Ce qui est enregistré est en sécurité.',
    }),
    'storage-blocked': ({ reason, detail }) => BLOCKED[reason](detail),
    'file-not-writable': ({ reason, detail }) => {
      const [sentence, nextStep] = NOT_WRITABLE[reason](detail);
      return { sentence, nextStep };
    },
  };
