/** What stands beside an error: buttons, and what follows where the page goes on without storage. */
export const besideErrors = {
  actions: {
    'choose-files': 'Choose other files',
    'try-sample': 'Try the sample',
    'try-again': 'Try again',
    'compute-automatically': 'Choose automatically',
    'restart-engine': 'Restart the engine',
    'reload-page': 'Reload the page',
    'show-library': 'Go to your bots',
  },
  noRoom: {
    sentence: 'There is no room left to store anything.',
    nextStep: 'Free some space on the disk, then reload this page.',
  },
};
