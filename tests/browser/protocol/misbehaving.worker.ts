/** Serves methods that end well, throw, spin or die, each as the caller asks. */
import { mynahError } from '../../../src/core/errors.ts';
import { serve } from '../../../src/protocol/serve.ts';
import { createHandlers, dataset, status } from '../../unit/protocol/samples.ts';

let unhandled: { reason: string; isPrevented: boolean } | undefined;
addEventListener('unhandledrejection', (event) => {
  unhandled = { reason: String(event.reason), isPrevented: event.defaultPrevented };
});

serve(
  self,
  createHandlers({
    start: () => ({ ...status, adapter: JSON.stringify(unhandled ?? null) }),
    importTweets: async ({ files }, { report }) => {
      for (const file of files) {
        const text = await file.text();
        report({
          phase: 'reading',
          file: file.name,
          bytesRead: text.length,
          bytesTotal: file.size,
          tweetsRead: 0,
        });
      }
      return { ...dataset, files: files.map(({ name }) => name) };
    },
    generate: ({ prompt }, { signal }) => {
      if (prompt === 'spin') for (;;);
      if (prompt === 'throw outside') {
        setTimeout(() => {
          throw new Error('outside of every handler');
        });
      }
      if (prompt === 'reject outside') void Promise.reject(new Error('awaited by nobody'));
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(mynahError('cancelled', {})));
      });
    },
  }),
);
