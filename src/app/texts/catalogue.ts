/**
 * What a language has to say: every room of texts, with the names, the arguments and the results of the English
 * ones. A language that lacks a message, or whose message takes other arguments, doesn't compile.
 */
import type { certainty } from './en/certainty.ts';
import type { cleaning } from './en/cleaning.ts';
import type { controls } from './en/controls.ts';
import type { data } from './en/data.ts';
import type { device } from './en/device.ts';
import type { besideErrors } from './en/errors/beside.ts';
import type { errors } from './en/errors/errors.ts';
import type { explorer } from './en/explorer.ts';
import type { exportExtras } from './en/export-extras.ts';
import type { labels } from './en/labels.ts';
import type { library } from './en/library.ts';
import type { modelCards } from './en/model-cards.ts';
import type { modelList } from './en/model-list.ts';
import type { models } from './en/models.ts';
import type { news } from './en/news.ts';
import type { options } from './en/options.ts';
import type { page } from './en/page.ts';
import type { quality } from './en/quality.ts';
import type { quiz } from './en/quiz.ts';
import type { reasons } from './en/reasons.ts';
import type { runs } from './en/runs.ts';
import type { ready } from './en/ready.ts';
import type { suggested } from './en/suggested.ts';
import type { system } from './en/system.ts';
import type { training } from './en/training.ts';
import type { units } from './en/units.ts';
import type { writing } from './en/writing.ts';

/** Any other words in the place of the English ones. */
type Said<T> = T extends string
  ? string
  : T extends (...values: infer V) => infer R
    ? (...values: V) => R extends string ? string : R
    : { readonly [K in keyof T]: Said<T[K]> };

export interface Catalogue {
  readonly besideErrors: Said<typeof besideErrors>;
  readonly certainty: Said<typeof certainty>;
  readonly cleaning: Said<typeof cleaning>;
  readonly controls: Said<typeof controls>;
  readonly data: Said<typeof data>;
  readonly device: Said<typeof device>;
  readonly errors: Said<typeof errors>;
  readonly explorer: Said<typeof explorer>;
  readonly exportExtras: Said<typeof exportExtras>;
  readonly labels: Said<typeof labels>;
  readonly library: Said<typeof library>;
  readonly modelCards: Said<typeof modelCards>;
  readonly modelList: Said<typeof modelList>;
  readonly models: Said<typeof models>;
  readonly news: Said<typeof news>;
  readonly options: Said<typeof options>;
  readonly page: Said<typeof page>;
  readonly quality: Said<typeof quality>;
  readonly quiz: Said<typeof quiz>;
  readonly reasons: Said<typeof reasons>;
  readonly runs: Said<typeof runs>;
  readonly ready: Said<typeof ready>;
  readonly suggested: Said<typeof suggested>;
  readonly system: Said<typeof system>;
  readonly training: Said<typeof training>;
  readonly units: Said<typeof units>;
  readonly writing: Said<typeof writing>;
}
