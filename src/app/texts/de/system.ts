import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived:
    'Es ist nichts angekommen, was Mynah lesen kann. Teile es noch einmal oder wähle die Datei hier aus.',
};
