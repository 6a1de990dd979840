/** What the page says when the browser or the disk doesn't take what is to be written, in French. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: WordsBy<'reason', ErrorDetails['storage-blocked']> = {
  absent: [
    'Ce navigateur n’offre pas de stockage aux pages (IndexedDB).',
    'Activez-le dans les réglages du navigateur, ou utilisez un autre navigateur.',
  ],
  denied: [
    'Le navigateur ne laisse pas cette page enregistrer quoi que ce soit.',
    'Autorisez les cookies et les données de ce site dans les réglages du navigateur, puis rechargez-le.',
  ],
  'no-answer': [
    'Le stockage du navigateur ne répond pas.',
    'Redémarrez le navigateur : ce qui est enregistré ici devrait être à nouveau là.',
  ],
  'older-tab': [
    'Une version plus ancienne de cette page est ouverte dans un autre onglet.',
    'Fermez cet onglet, puis réessayez.',
  ],
  'newer-version': [
    'Ce qui est enregistré ici appartient à une version de Mynah plus récente que cette page.',
    'Rechargez cette page pour obtenir cette version. Si cela n’aide pas, fermez tous les onglets de Mynah et rouvrez-le.',
  ],
  closed: [
    'Le navigateur a fermé le stockage de cette page.',
    'Réessayez. Si les données de ce site ont été effacées, ajoutez vos tweets à nouveau.',
  ],
  vanished: [
    'Des données ont disparu pendant leur enregistrement.',
    'Fermez les autres onglets de cette page, puis réessayez.',
  ],
  failed: ({ detail }) => [
    `Le navigateur n’a pas pu lire ou écrire le stockage de cette page${inBrackets(detail)}.`,
    'Réessayez. Si cela se reproduit, redémarrez le navigateur.',
  ],
};

const NOT_WRITABLE: WordsBy<'reason', ErrorDetails['file-not-writable']> = {
  full: [
    'Il n’y a plus de place là où le fichier devait aller.',
    'Libérez-y de la place, ou exportez ailleurs. Le bot est toujours ici.',
  ],
  denied: [
    'Le navigateur n’a pas le droit d’écrire dans le fichier choisi.',
    'Exportez à nouveau en l’autorisant, ou choisissez un autre endroit. Le bot est toujours ici.',
  ],
  failed: ({ detail }) => [
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
    'storage-blocked': wordsBy('reason', BLOCKED),
    'file-not-writable': wordsBy('reason', NOT_WRITABLE),
  };
