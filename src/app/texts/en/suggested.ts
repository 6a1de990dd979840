/** The models that are suggested by what was typed, or by the language of the tweets. */
import { formatBytes, formatMillions } from '../../format.ts';

export const suggested = {
  hint: 'A language, such as German or Deutsch, or a model’s name as owner/name, or the address of its page.',
  forTweets: 'These know the language of your tweets:',
  forTyped: 'These are in this page’s own list. The Hub isn’t asked before you download one:',
  facts: (parameters: number, licence: string) =>
    `${formatMillions(parameters)} parameters · licence ${licence}`,
  factsWithoutLicence: (parameters: number) =>
    `${formatMillions(parameters)} parameters · its page names no licence`,
  download: (bytes: number) => `Download ${formatBytes(bytes)}`,
  use: 'Use it',
};
