/** The options that decide which tweets a bot learns from and how their texts are cleaned up, in German. */
import type { Catalogue } from '../catalogue.ts';

const keepOrDrop = { keep: 'Behalten', drop: 'Weglassen' };

export const cleaning: Catalogue['cleaning'] = {
  unknownAudience: { label: 'Posts, die nicht sagen, wer sie sehen konnte', choices: keepOrDrop },
  retweets: { label: 'Retweets', choices: keepOrDrop },
  replies: { label: 'Antworten an andere', choices: keepOrDrop },
  quotes: { label: 'Zitierte Tweets', choices: keepOrDrop },
  duplicates: { label: 'Wiederholte Tweets', choices: keepOrDrop },
  edits: { label: 'Ältere Fassungen bearbeiteter Tweets', choices: keepOrDrop },
  emojiOnly: { label: 'Tweets nur aus Emojis', choices: keepOrDrop },
  links: {
    label: 'Tweets mit Links',
    choices: { strip: 'Ohne den Link behalten', drop: 'Weglassen' },
  },
  hashtags: {
    label: 'Hashtags',
    choices: { keep: 'Behalten', strip: 'Entfernen', drop: 'Tweets mit Hashtags weglassen' },
  },
  mentions: {
    label: 'Erwähnungen',
    choices: {
      keep: 'Behalten',
      'strip-leading': 'Am Anfang von Antworten entfernen',
      strip: 'Überall entfernen',
    },
  },
  threads: {
    label: 'Threads',
    choices: { apart: 'Ein Text pro Tweet', join: 'Ein Text pro Thread' },
  },
  newLines: {
    label: 'Zeilenumbrüche',
    choices: { space: 'Durch Leerzeichen ersetzen', keep: 'Behalten' },
  },
  minimumWords: { label: 'Mindestzahl an Wörtern' },
  minimumLikes: { label: 'Mindestzahl an Likes' },
  fromMs: { label: 'Von' },
  untilMs: { label: 'Bis' },
  exclude: { label: 'Tweets ohne diese Wörter' },
  languages: { label: 'Sprachen' },
  shares: { label: 'Anteile der Accounts' },
};
