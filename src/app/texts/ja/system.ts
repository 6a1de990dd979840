import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived:
    'Mynahが読めるものは届きませんでした。もう一度共有するか、ここでファイルを選んでください。',
};
