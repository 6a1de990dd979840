/** The list of base models, and how others are added to it. */
import { formatBytes } from '../../format.ts';

export const modelList = {
  starter: 'Small and quick. Picks up your words and topics.',
  downloadPromise:
    'A download asks the Hub for the model’s files and for nothing else. Your tweets stay here.',
  deleteOf: (name: string) => `Delete ${name}`,
  confirmDownloaded: (name: string) =>
    `Delete ${name}? To use it again it has to be downloaded again.`,
  confirmAdded: (name: string) => `Delete ${name}? To use it again it has to be added again.`,
  deleteModel: 'Delete model',
  pausedAt: (done: number) => `Paused: ${formatBytes(done)} here`,
  pausedAtOf: (done: number, total: number) =>
    `Paused: ${formatBytes(done)} of ${formatBytes(total)} here`,
  cancel: 'Cancel',
  resume: 'Resume',
  download: 'Download',
  downloadBytes: (bytes: number) => `Download ${formatBytes(bytes)}`,
  opening: (name: string) => `Opening ${name}…`,
  checked: (done: number, total: number) => `${formatBytes(done)} of ${formatBytes(total)} checked`,
  saved: (done: number, total: number) => `${formatBytes(done)} of ${formatBytes(total)} saved`,
  adding: (name: string) => `Adding ${name}`,

  wrongName: 'Write it as owner/name, or paste the address of its page.',
  mirror: 'If you use a mirror of the Hub',
  mirrorHint:
    'Only huggingface.co works by itself: whoever runs this page has to allow a mirror. Leave this empty to use the Hub itself.',
  wrongAddress: 'Enter an address that begins with https://.',

  fromComputer: 'A model from this computer',
  dropIt: 'Or one from this computer: drop its folder, files or ZIP here, as they are on the Hub.',
  chooseFiles: 'Choose files or ZIP',
  chooseFolder: 'Choose a folder',
};
