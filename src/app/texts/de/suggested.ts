/** The models that are suggested by what was typed, or by the language of the tweets, in German. */
import { formatBytes, formatMillions } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const suggested: Catalogue['suggested'] = {
  hint: 'Eine Sprache, etwa Deutsch oder German, oder der Name eines Modells als owner/name, oder die Adresse seiner Seite.',
  forTweets: 'Diese können die Sprache deiner Tweets:',
  forTyped:
    'Diese stehen in der eigenen Liste dieser Seite. Der Hub wird erst gefragt, wenn du eins herunterlädst:',
  facts: (parameters: number, licence: string) =>
    `${formatMillions(parameters)} Parameter · Lizenz ${licence}`,
  factsWithoutLicence: (parameters: number) =>
    `${formatMillions(parameters)} Parameter · seine Seite nennt keine Lizenz`,
  download: (bytes: number) => `${formatBytes(bytes)} herunterladen`,
  use: 'Verwenden',
};
