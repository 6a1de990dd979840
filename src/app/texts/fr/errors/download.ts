/** What the page says of a download that failed: from the Hub, or from the page's own site, in French. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatDuration } from '../../../format.ts';
import { type ErrorTable, type WordsBy, wordsBy } from '../../error-words.ts';

const DOWNLOAD: WordsBy<'reason', ErrorDetails['model-download']> = {
  'not-found': ({ repository }) => [
    `Il n’y a pas de modèle « ${repository} » sur le Hub.`,
    'Vérifiez le nom : c’est la fin de l’adresse de la page du modèle, owner/name.',
  ],
  private: ({ repository }) => [
    `Le Hub ne montre pas « ${repository} » à tout le monde : il est privé, demande un compte ou n’existe pas.`,
    'Vérifiez le nom. Si vous avez le droit de le lire, téléchargez vous-même ses fichiers et déposez-les ici.',
  ],
  'no-gpt2': ({ repository, file }) => [
    file === undefined
      ? `« ${repository} » n’est pas un GPT-2 que Mynah peut utiliser.`
      : `« ${repository} » n’est pas un GPT-2 que Mynah peut utiliser (d’après ${file}).`,
    'Choisissez un modèle dont la page dit GPT-2, par exemple l’un de ceux de huggingtweets.',
  ],
  'not-the-hub': ({ repository }) => [
    `Une page web est arrivée à la place des fichiers de « ${repository} » : ce n’est donc pas le Hub qui a répondu.`,
    'Si votre réseau demande une connexion, connectez-vous d’abord. Sinon, vérifiez l’adresse du Hub. Puis réessayez.',
  ],
  'rate-limited': ({ retryAfterSeconds }) => [
    'Le Hub a reçu trop de requêtes de ce réseau.',
    retryAfterSeconds === undefined
      ? 'Réessayez dans quelques minutes. Le téléchargement reprendra où il en était.'
      : `Réessayez dans ${formatDuration(retryAfterSeconds)}. Le téléchargement reprendra où il en était.`,
  ],
  offline: [
    'Le Hub est injoignable.',
    'Vérifiez la connexion, puis réessayez. Le téléchargement reprendra où il en était.',
  ],
  'not-allowed': [
    'Cette page n’a pas le droit d’interroger cette adresse : ses propres règles ne nomment que les serveurs du Hub.',
    'Rétablissez l’adresse du Hub, ou faites autoriser le miroir par qui héberge cette page.',
  ],
  server: ({ status }) => [
    status === undefined
      ? 'Le Hub a un problème.'
      : `Le Hub a un problème (il a répondu ${status}).`,
    'Réessayez dans quelques minutes. Le téléchargement reprendra où il en était.',
  ],
  stalled: [
    'Le Hub s’est tu au milieu du téléchargement.',
    'Vérifiez la connexion, puis réessayez. Le téléchargement reprendra où il en était.',
  ],
  truncated: ({ file }) => [
    file === undefined
      ? 'Un fichier finit trop tôt sur le Hub.'
      : `« ${file} » finit trop tôt sur le Hub.`,
    'Réessayez plus tard ; si cela ne change pas, le modèle est cassé là-bas.',
  ],
  damaged: ({ file }) => [
    file === undefined
      ? 'Un fichier est arrivé endommagé : il a donc été jeté.'
      : `« ${file} » est arrivé endommagé : il a donc été jeté.`,
    'Réessayez : seul ce fichier sera cherché à nouveau.',
  ],
  changed: ({ repository }) => [
    `« ${repository} » ne cesse de changer sur le Hub pendant le téléchargement.`,
    'Réessayez dans quelques minutes.',
  ],
};

export const downloadErrors: ErrorTable<'model-download' | 'site-download'> = {
  'site-download': ({ file, status }) => ({
    sentence:
      status === undefined
        ? `« ${file} » n’a pas pu être chargé.`
        : `« ${file} » n’a pas pu être chargé (le serveur a répondu ${status}).`,
    nextStep: 'Vérifiez la connexion, puis réessayez.',
  }),
  'model-download': wordsBy('reason', DOWNLOAD),
};
