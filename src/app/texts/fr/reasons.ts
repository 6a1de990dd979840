/** Why a tweet isn't used, as it is said of one tweet, and of all tweets that are left out for it, in French. */
import type { Catalogue } from '../catalogue.ts';

export const reasons: Catalogue['reasons'] = {
  'by-hand': { one: 'À la main', all: 'À la main' },
  audience: { one: 'Public inconnu', all: 'Posts qui ne disent pas qui pouvait les voir' },
  retweet: { one: 'Retweet', all: 'Retweets' },
  reply: { one: 'Réponse', all: 'Réponses' },
  quote: { one: 'Citation', all: 'Citations' },
  edited: { one: 'Ancienne version', all: 'Anciennes versions' },
  date: { one: 'Autre date', all: 'Autres dates' },
  language: { one: 'Autre langue', all: 'Autres langues' },
  likes: { one: 'Trop peu de j’aime', all: 'Avec trop peu de j’aime' },
  link: { one: 'Avec un lien', all: 'Avec des liens' },
  hashtag: { one: 'Avec un hashtag', all: 'Avec des hashtags' },
  excluded: { one: 'Mot exclu', all: 'Avec des mots exclus' },
  emoji: { one: 'Émojis seulement', all: 'Faits seulement d’émojis' },
  short: { one: 'Court', all: 'Courts' },
  duplicate: { one: 'Répétition', all: 'Répétitions' },
};
