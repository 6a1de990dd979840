/** The tab's title, and what search engines show below it. While a bot trains, the title says how far that is. */
import { effect } from '@preact/signals';
import { page } from '../texts/en/page.ts';
import { messages } from '../texts/messages.ts';
import { trainingJob } from './training.ts';

const texts = messages('page', page);

export function startTitle(): void {
  const description = document.querySelector('meta[name="description"]');
  effect(() => description?.setAttribute('content', texts.hero));
  effect(() => {
    const job = trainingJob.value;
    if (job === null) document.title = texts.title;
    else {
      const share = job.totalSteps ? job.completedSteps / job.totalSteps : 0;
      document.title = texts.titleInTraining(share);
    }
  });
}
