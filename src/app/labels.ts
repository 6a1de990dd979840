/**
 * The names of controls and regions.
 *
 * The page shows them or gives them to screen readers, and the tests and `npm run demo` find controls by them, as
 * a person would. So both import them from here.
 */
import { plural } from './format.ts';

export const LABELS = {
  /* Your tweets */
  archiveInput: 'Your archive',
  folderInput: 'Folder of your archive',
  trySample: 'Try the sample',
  cancelImport: 'Cancel reading',
  importProgress: 'Reading your tweets',
  countsTable: 'Tweet counts',
  chooseTweets: 'Choose which tweets to train on',
  filters: 'Filters',
  usualFilters: 'Reset filters',
  seeCharts: 'Show charts',
  everyTweet: 'Browse all tweets',
  browser: 'All tweets',
  searchTweets: 'Search tweets',
  addTweets: 'Add newer or more tweets',
  joinTweets: 'Join them',
  keepApart: 'Keep them apart',
  saveKept: (format: string) => `Save as ${format}`,
  deleteTweets: 'Delete these tweets',
  confirmDelete: 'Delete them',
  datasetChoice: 'Tweets to train on',

  /* The base model */
  changeModel: 'Change',
  models: 'Base models',
  download: (name: string) => `Download ${name}`,
  resumeDownload: (name: string) => `Resume ${name}`,
  pauseDownload: 'Pause download',
  discardDownload: (name: string) => `Cancel download of ${name}`,
  downloadProgress: (name: string) => `Downloading ${name}`,
  hubModel: 'Any other GPT-2 on the Hugging Face Hub',
  downloadTyped: 'Download it',
  modelFiles: 'Files or ZIP file of a model',
  modelFolder: 'Folder of a model',
  hubUrl: 'Address of the Hub',

  /* Train */
  computeWith: 'Compute with',
  startTraining: 'Start training',
  continueTraining: 'Continue training',
  pause: 'Pause',
  stopAndKeep: 'Stop and keep',
  trainingProgress: 'Training',
  advanced: 'Advanced',
  lossChart: 'Loss by step',

  /* Write */
  prompt: 'Start of the tweet',
  writeTweets: (count: number) => `Write ${plural(count, 'tweet')}`,
  stopWriting: 'Stop writing',
  newTweets: 'New tweets',
  keptTweets: 'Kept tweets',
  saveTweets: 'Save to a file',
  temperature: 'Temperature',
  topP: 'Top-p',
  topK: 'Top-k',
  repetitionPenalty: 'Repetition penalty',
  maxTokens: 'Maximum tokens',
  seed: 'Seed',
  howMany: 'Number of tweets',

  /* The rest of the page */
  library: 'Your bots',
  openBot: 'Open a bot',
  botFile: 'ZIP file of a bot, or the files of a GPT-2',
  whatLeft: 'What left this page',
  aboutDevice: 'About this device',
  copyReport: 'Copy for a bug report',
  theme: (name: string) => `Theme: ${name}`,
} as const;
