/** The tab's title. While a bot trains, it says how far that is, seen from any other tab. */
import { effect } from '@preact/signals';
import { page } from '../texts/en/page.ts';
import { messages } from '../texts/messages.ts';
import { trainingJob } from './training.ts';

const texts = messages('page', page);

export function startTitle(): void {
  effect(() => {
    const job = trainingJob.value;
    if (job === null) document.title = texts.title;
    else {
      const share = job.totalSteps ? job.completedSteps / job.totalSteps : 0;
      document.title = texts.titleInTraining(share);
    }
  });
}
