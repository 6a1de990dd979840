/** The models that are suggested by what was typed, or by the language of the tweets. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { parametros } from './counted.ts';

export const suggested: Catalogue['suggested'] = {
  hint: 'Um idioma, como alemão ou Deutsch, ou o nome de um modelo como dono/nome, ou o endereço da página dele.',
  forTweets: 'Estes sabem o idioma dos seus tweets:',
  forTyped:
    'Estes estão na lista da própria página. Nada é perguntado ao Hub antes de você baixar um:',
  facts: (parameters, licence) => `${parametros(parameters)} · licença ${licence}`,
  factsWithoutLicence: (parameters) =>
    `${parametros(parameters)} · a página dele não indica nenhuma licença`,
  download: (bytes) => `Baixar ${formatBytes(bytes)}`,
  use: 'Usar este',
};
