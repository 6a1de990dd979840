import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived:
    'Es ist nichts angekommen, was Mynah lesen kann. Teile es noch einmal oder wähle die Datei hier aus.',

  /* The end of a training that isn't looked at: the bot's name */
  isTrained: (name) => `${name} ist trainiert`,
  hasStopped: (name) => `Das Training von ${name} ist stehen geblieben`,
  canWriteNow: 'Er kann jetzt schreiben.',
  lookWhy: 'Öffne die Seite, um zu sehen, warum.',
  tellingDenied:
    'Dein Browser erlaubt das dieser Seite nicht. In seinen Einstellungen für diese Website lässt sich das ändern.',

  /* A connection that may cost money */
  metered: (name, bytes) =>
    bytes === null
      ? `Diese Verbindung wird vielleicht nach Datenmenge bezahlt, und wie groß ${name} ist, ist noch nicht bekannt. Viele Modelle sind größer als 500 MB.`
      : `Diese Verbindung wird vielleicht nach Datenmenge bezahlt, und der Download von ${name} umfasst ${formatBytes(bytes)}.`,
  downloadAnyway: 'Trotzdem herunterladen',
  notNow: 'Jetzt nicht',

  /* Why a training rests, and what to do where the page was lost */
  rests: {
    battery: 'Macht Pausen zwischen den Schritten, weil der Akku fast leer ist.',
    heat: 'Macht Pausen zwischen den Schritten, weil es langsamer geworden ist: Dieses Gerät ist vermutlich heiß.',
  },
  lostOften:
    'Das System hat diese Seite mindestens dreimal geschlossen, während dieser Bot trainiert wurde: Dieses Gerät hat dafür vermutlich zu wenig Speicher.',
  trySmaller: 'Etwas Kleineres versuchen',
};
