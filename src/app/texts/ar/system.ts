import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived: 'لم يصل شيء يستطيع Mynah قراءته. شاركه مرة أخرى، أو اختر الملف هنا.',
};
