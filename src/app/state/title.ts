/** The tab's title while a bot trains: how far it is, seen from any other tab. */
import { effect } from '@preact/signals';
import { trainingJob } from './training.ts';

export function startTitle(): void {
  const ownTitle = document.title;
  effect(() => {
    const job = trainingJob.value;
    if (job === null) document.title = ownTitle;
    else {
      const share = job.totalSteps ? job.completedSteps / job.totalSteps : 0;
      document.title = `${Math.floor(100 * share)} % trained · Mynah`;
    }
  });
}
