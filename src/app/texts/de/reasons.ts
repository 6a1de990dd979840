/** Why a tweet isn't used, as it is said of one tweet, and of all tweets that are left out for it, in German. */
import type { Catalogue } from '../catalogue.ts';

export const reasons: Catalogue['reasons'] = {
  'by-hand': { one: 'Von Hand', all: 'Von Hand' },
  audience: { one: 'Publikum unbekannt', all: 'Posts, die nicht sagen, wer sie sehen konnte' },
  retweet: { one: 'Retweet', all: 'Retweets' },
  reply: { one: 'Antwort', all: 'Antworten' },
  quote: { one: 'Zitat', all: 'Zitate' },
  edited: { one: 'Ältere Fassung', all: 'Ältere Fassungen' },
  date: { one: 'Anderes Datum', all: 'Andere Daten' },
  language: { one: 'Andere Sprache', all: 'Andere Sprachen' },
  likes: { one: 'Zu wenige Likes', all: 'Mit zu wenigen Likes' },
  link: { one: 'Mit Link', all: 'Mit Links' },
  hashtag: { one: 'Mit Hashtag', all: 'Mit Hashtags' },
  excluded: { one: 'Ausgeschlossenes Wort', all: 'Mit ausgeschlossenen Wörtern' },
  emoji: { one: 'Nur Emojis', all: 'Nur aus Emojis' },
  short: { one: 'Kurz', all: 'Kurz' },
  duplicate: { one: 'Wiederholung', all: 'Wiederholungen' },
};
