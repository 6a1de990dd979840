/** What stands beside an error: buttons, and what follows where the page goes on without storage, in German. */
import type { Catalogue } from '../../catalogue.ts';

export const besideErrors: Catalogue['besideErrors'] = {
  actions: {
    'choose-files': 'Andere Dateien wählen',
    'try-sample': 'Beispiel ausprobieren',
    'try-again': 'Erneut versuchen',
    'compute-automatically': 'Automatisch wählen',
    'restart-engine': 'Engine neu starten',
    'reload-page': 'Seite neu laden',
    'show-library': 'Zu deinen Bots',
  },
  noRoom: {
    sentence: 'Es ist kein Platz mehr da, um etwas zu speichern.',
    nextStep: 'Schaffe auf dem Datenträger Platz, dann lade diese Seite neu.',
  },
};
