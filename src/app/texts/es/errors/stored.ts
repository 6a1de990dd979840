/** What the page says of stored things that are gone, damaged or not there yet. */
import type { ErrorDetails, StoredThing } from '../../../../core/errors.ts';
import type { ErrorWords, ErrorTable } from '../../error-words.ts';
import { faultWords } from './faults.ts';

type What = StoredThing['what'];

/** Their ids mean nothing to people and are not shown. */
const NOT_FOUND: { readonly [W in What]: ErrorWords } = {
  dataset: {
    sentence: 'Estos tuits se han eliminado aquí.',
    nextStep:
      'Un bot que aprendió de ellos sigue escribiendo. Para entrenar, vuelve a importar tuits.',
  },
  texts: {
    sentence: 'Los tuits de los que aprendió este bot no están guardados aquí.',
    nextStep:
      'El bot sigue escribiendo. Para entrenar, vuelve a importar los tuits y crea un bot nuevo.',
  },
  run: {
    sentence: 'Este bot se ha eliminado aquí.',
    nextStep: 'Elige otro bot, o entrena uno nuevo.',
  },
  version: {
    sentence: 'Esta versión del bot se ha eliminado aquí.',
    nextStep: 'Elige otra de sus versiones.',
  },
  checkpoint: {
    sentence: 'Lo que había aprendido este bot ya no está guardado aquí.',
    nextStep: 'Elimina el bot y entrena uno nuevo con los mismos tuits.',
  },
  adapter: {
    sentence: 'Este bot no tiene adaptador: se entrenó el modelo completo.',
    nextStep: 'Exporta el modelo en su lugar.',
  },
  model: {
    sentence: 'Este modelo base ya no está guardado en este navegador.',
    nextStep: 'Elige otro modelo, o vuelve a añadir este.',
  },
  download: {
    sentence: 'Esta descarga ya no está guardada aquí.',
    nextStep: 'Empiézala de nuevo.',
  },
};

const BOT_DAMAGED = {
  sentence: 'Lo que hay guardado de este bot está dañado',
  nextStep: 'Elimínalo y entrena uno nuevo con los mismos tuits.',
};

/** Sentences without their full stop: what exactly is damaged follows in brackets. */
const DAMAGED: { readonly [W in Exclude<What, 'model'>]: ErrorWords } = {
  dataset: {
    sentence: 'Hay tuits guardados aquí que están dañados',
    nextStep:
      'Elimínalos y vuelve a importarlos. Los bots entrenados con ellos siguen escribiendo.',
  },
  texts: {
    sentence: 'Los tuits guardados con este bot están dañados',
    nextStep:
      'El bot sigue escribiendo. Para entrenar, vuelve a importar los tuits y crea un bot nuevo.',
  },
  run: BOT_DAMAGED,
  version: BOT_DAMAGED,
  checkpoint: BOT_DAMAGED,
  adapter: BOT_DAMAGED,
  download: {
    sentence: 'Lo que se ha descargado de este modelo está dañado',
    nextStep: 'Elimina la descarga y empiézala de nuevo.',
  },
};

const DAMAGED_MODEL: {
  readonly [O in NonNullable<ErrorDetails['stored-data-damaged']['origin']>]: ErrorWords;
} = {
  starter: {
    sentence:
      'El modelo que viene con la página está dañado en el almacenamiento de este navegador',
    nextStep: 'Recarga la página para volver a obtenerlo.',
  },
  files: {
    sentence: 'El modelo base está dañado en el almacenamiento de este navegador',
    nextStep: 'Elimina aquí el modelo y vuelve a añadirlo desde sus archivos.',
  },
  bot: {
    sentence: 'El modelo de este bot está dañado en el almacenamiento de este navegador',
    nextStep: 'Elimina aquí el bot y vuelve a abrir su archivo.',
  },
  hub: {
    sentence: 'El modelo base está dañado en el almacenamiento de este navegador',
    nextStep: 'Elimina aquí el modelo y vuelve a descargarlo.',
  },
};

export const storedErrors: ErrorTable<'not-found' | 'stored-data-damaged' | 'not-trained-yet'> = {
  'not-found': ({ what }) => NOT_FOUND[what],
  'stored-data-damaged': ({ what, origin = 'files', fault }) => {
    const text = what === 'model' ? DAMAGED_MODEL[origin] : DAMAGED[what];
    return { ...text, sentence: `${text.sentence} (${faultWords(fault)}).` };
  },
  'not-trained-yet': () => ({
    sentence: 'Este bot aún no ha aprendido nada.',
    nextStep: 'Entrénalo: podrá escribir en cuanto se haya guardado por primera vez.',
  }),
};
