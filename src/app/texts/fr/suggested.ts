/** The models that are suggested by what was typed, or by the language of the tweets, in French. */
import { formatBytes, formatMillions } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const suggested: Catalogue['suggested'] = {
  hint: 'Une langue, comme allemand ou Deutsch, ou le nom d’un modèle sous la forme owner/name, ou l’adresse de sa page.',
  forTweets: 'Ceux-ci connaissent la langue de vos tweets :',
  forTyped:
    'Ceux-ci sont dans la propre liste de cette page. Rien n’est demandé au Hub avant un téléchargement :',
  facts: (parameters: number, licence: string) =>
    `Paramètres : ${formatMillions(parameters)} · licence ${licence}`,
  factsWithoutLicence: (parameters: number) =>
    `Paramètres : ${formatMillions(parameters)} · sa page n’indique pas de licence`,
  download: (bytes: number) => `Télécharger ${formatBytes(bytes)}`,
  use: 'L’utiliser',
};
