/**
 * The names that controls and regions answer to.
 *
 * Screen readers say them, and the tests and `npm run demo` find their way by them as a person
 * would, so both sides take them from here.
 */
import { plural } from './format.ts';

export const LABELS = {
  /* Your tweets */
  archiveInput: 'Your archive',
  folderInput: 'The folder of your archive',
  trySample: 'Try the sample',
  cancelImport: 'Cancel reading',
  importProgress: 'Reading your tweets',
  countsTable: 'Tweet counts',
  chooseTweets: 'Choose what it learns from',
  filters: 'What it learns from',
  usualFilters: 'Back to the usual',
  seeCharts: 'See them in charts',
  everyTweet: 'Look through every tweet',
  browser: 'Every tweet',
  searchTweets: 'Search tweets',
  addTweets: 'Add more tweets',
  saveKept: (format: string) => `Save as ${format}`,
  forgetTweets: 'Forget these tweets',
  confirmForget: 'Forget them',
  datasetChoice: 'Tweets to learn from',

  /* The model to start from */
  changeModel: 'Change',
  models: 'Models to start from',
  download: (name: string) => `Download ${name}`,
  resumeDownload: (name: string) => `Resume ${name}`,
  pauseDownload: 'Pause download',
  discardDownload: (name: string) => `Cancel download of ${name}`,
  downloadProgress: (name: string) => `Downloading ${name}`,
  hubModel: 'Any other GPT-2 on the Hugging Face Hub',
  downloadTyped: 'Download it',
  modelFiles: 'Files or ZIP of a model',
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
  steps: 'Steps',
  epochs: 'Epochs',
  learningRate: 'Learning rate',
  blockLength: 'Block length',
  seed: 'Seed',
  trainWhat: 'Train',
  loraRank: 'Adapter size',
  lessMemory: 'Use less memory',
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
  maxTokens: 'Longest, in tokens',
  howMany: 'How many',

  /* Around */
  library: 'Your bots',
  openBot: 'Open a bot',
  botFile: 'A bot’s ZIP, or the files of a GPT-2',
  theme: (name: string) => `Theme: ${name}`,
} as const;
