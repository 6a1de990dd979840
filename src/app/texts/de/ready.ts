/** The ready-made bot that comes with the page: in the first screen, and among the bots, in German. */
import type { Catalogue } from '../catalogue.ts';

export const ready: Catalogue['ready'] = {
  title: 'Probier es aus',
  about:
    'Ein fertiger Bot, trainiert mit den Tweets von jemand Erfundenem: einem Vogel im Fundbüro. Er läuft auf deinem Computer. Er ist klein: Er kennt die Formen von Tweets, nicht die Welt.',
  badge: 'Fertig dabei',
  placeholder: 'Beginne einen Tweet, oder lass es leer',
  /** Beginnings of a tweet in the language that the bot knows, which is English. */
  starts: ['My dream is', 'I think', 'Today', 'Nobody'],
  write: 'Schreiben',
  stopping: 'Stoppt…',
  teach: 'Jetzt mit deinen Tweets',
  moreSettings: 'Mehr Einstellungen',
  opening: 'Der Bot wird geöffnet…',
  engineStarts: 'Die Engine startet…',
  noEngine:
    'Er kann nicht schreiben, solange die Engine nicht läuft. Warum, steht im Hinweis oben.',
  status: 'Er gehört zur Seite, zum Ausprobieren.',
  isBack: 'Der fertige Bot ist wieder da.',
};
