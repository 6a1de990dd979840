/** The page in Spanish. */
import type { Catalogue } from '../catalogue.ts';
import { certainty } from './certainty.ts';
import { cleaning } from './cleaning.ts';
import { controls } from './controls.ts';
import { data } from './data.ts';
import { device } from './device.ts';
import { besideErrors } from './errors/beside.ts';
import { errors } from './errors/errors.ts';
import { explorer } from './explorer.ts';
import { exportExtras } from './export-extras.ts';
import { labels } from './labels.ts';
import { library } from './library.ts';
import { modelCards } from './model-cards.ts';
import { modelList } from './model-list.ts';
import { models } from './models.ts';
import { news } from './news.ts';
import { options } from './options.ts';
import { page } from './page.ts';
import { quality } from './quality.ts';
import { quiz } from './quiz.ts';
import { ready } from './ready.ts';
import { reasons } from './reasons.ts';
import { runs } from './runs.ts';
import { suggested } from './suggested.ts';
import { system } from './system.ts';
import { training } from './training.ts';
import { units } from './units.ts';
import { writing } from './writing.ts';

export const catalogue: Catalogue = {
  besideErrors,
  certainty,
  cleaning,
  controls,
  data,
  device,
  errors,
  explorer,
  exportExtras,
  labels,
  library,
  modelCards,
  modelList,
  models,
  news,
  options,
  page,
  quality,
  quiz,
  ready,
  reasons,
  runs,
  suggested,
  system,
  training,
  units,
  writing,
};
