/** The models that are suggested by what was typed, or by the language of the tweets. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { parametros } from './counted.ts';

export const suggested: Catalogue['suggested'] = {
  hint: 'Un idioma, como alemán o Deutsch, o el nombre de un modelo como propietario/nombre, o la dirección de su página.',
  forTweets: 'Estos saben el idioma de tus tuits:',
  forTyped:
    'Estos están en la lista de esta misma página. Al Hub no se le pregunta nada hasta que descargues uno:',
  facts: (parameters, licence) => `${parametros(parameters)} · licencia ${licence}`,
  factsWithoutLicence: (parameters) =>
    `${parametros(parameters)} · su página no indica ninguna licencia`,
  download: (bytes) => `Descargar ${formatBytes(bytes)}`,
  use: 'Usarlo',
};
