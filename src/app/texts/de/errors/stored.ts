/** What the page says of stored things that are gone, damaged or not there yet, in German. */
import type { ErrorDetails, StoredThing } from '../../../../core/errors.ts';
import type { ErrorWords, ErrorTable } from '../../error-words.ts';
import { faultWords } from './faults.ts';

type What = StoredThing['what'];

/** Their ids mean nothing to people and are not shown. */
const NOT_FOUND: { readonly [W in What]: ErrorWords } = {
  dataset: {
    sentence: 'Diese Tweets sind hier gelöscht worden.',
    nextStep:
      'Ein Bot, der daraus gelernt hat, schreibt weiter. Zum Trainieren importiere wieder Tweets.',
  },
  texts: {
    sentence: 'Die Tweets, aus denen dieser Bot gelernt hat, sind hier nicht gespeichert.',
    nextStep:
      'Der Bot schreibt weiter. Zum Trainieren importiere die Tweets noch einmal und mach einen neuen Bot.',
  },
  run: {
    sentence: 'Dieser Bot ist hier gelöscht worden.',
    nextStep: 'Wähle einen anderen Bot, oder trainiere einen neuen.',
  },
  version: {
    sentence: 'Diese Version des Bots ist hier gelöscht worden.',
    nextStep: 'Wähle eine andere Version von ihm.',
  },
  checkpoint: {
    sentence: 'Was dieser Bot gelernt hatte, ist hier nicht mehr gespeichert.',
    nextStep: 'Lösche den Bot und trainiere einen neuen mit denselben Tweets.',
  },
  adapter: {
    sentence: 'Dieser Bot hat keinen Adapter: Er wurde als ganzes Modell trainiert.',
    nextStep: 'Exportiere stattdessen das Modell.',
  },
  model: {
    sentence: 'Dieses Basismodell ist nicht mehr in diesem Browser gespeichert.',
    nextStep: 'Wähle ein anderes Modell, oder füge dieses wieder hinzu.',
  },
  download: {
    sentence: 'Dieser Download ist hier nicht mehr gespeichert.',
    nextStep: 'Starte ihn noch einmal.',
  },
};

const BOT_DAMAGED = {
  sentence: 'Was von diesem Bot gespeichert ist, ist beschädigt',
  nextStep: 'Lösche ihn und trainiere einen neuen mit denselben Tweets.',
};

/** Sentences without their full stop: what exactly is damaged follows in brackets. */
const DAMAGED: { readonly [W in Exclude<What, 'model'>]: ErrorWords } = {
  dataset: {
    sentence: 'Hier gespeicherte Tweets sind beschädigt',
    nextStep:
      'Lösche sie und importiere sie noch einmal. Bots, die damit trainiert wurden, schreiben weiter.',
  },
  texts: {
    sentence: 'Die mit diesem Bot gespeicherten Tweets sind beschädigt',
    nextStep:
      'Der Bot schreibt weiter. Zum Trainieren importiere die Tweets noch einmal und mach einen neuen Bot.',
  },
  run: BOT_DAMAGED,
  version: BOT_DAMAGED,
  checkpoint: BOT_DAMAGED,
  adapter: BOT_DAMAGED,
  download: {
    sentence: 'Was von diesem Modell heruntergeladen ist, ist beschädigt',
    nextStep: 'Lösche den Download, dann starte ihn noch einmal.',
  },
};

const DAMAGED_MODEL: {
  readonly [O in NonNullable<ErrorDetails['stored-data-damaged']['origin']>]: ErrorWords;
} = {
  starter: {
    sentence: 'Das Modell, das zur Seite gehört, ist im Speicher dieses Browsers beschädigt',
    nextStep: 'Lade die Seite neu, um es noch einmal zu holen.',
  },
  files: {
    sentence: 'Das Basismodell ist im Speicher dieses Browsers beschädigt',
    nextStep: 'Lösche das Modell hier, dann füge es aus seinen Dateien wieder hinzu.',
  },
  bot: {
    sentence: 'Das Modell dieses Bots ist im Speicher dieses Browsers beschädigt',
    nextStep: 'Lösche den Bot hier, dann öffne seine Datei noch einmal.',
  },
  hub: {
    sentence: 'Das Basismodell ist im Speicher dieses Browsers beschädigt',
    nextStep: 'Lösche das Modell hier, dann lade es noch einmal herunter.',
  },
};

export const storedErrors: ErrorTable<'not-found' | 'stored-data-damaged' | 'not-trained-yet'> = {
  'not-found': ({ what }) => NOT_FOUND[what],
  'stored-data-damaged': ({ what, origin = 'files', fault }) => {
    const text = what === 'model' ? DAMAGED_MODEL[origin] : DAMAGED[what];
    return { ...text, sentence: `${text.sentence} (${faultWords(fault)}).` };
  },
  'not-trained-yet': () => ({
    sentence: 'Dieser Bot hat noch nichts gelernt.',
    nextStep: 'Trainiere ihn: Er kann schreiben, sobald er zum ersten Mal gespeichert hat.',
  }),
};
