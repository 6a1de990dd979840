/** What comes from the system or goes to it: sharing, notifications, the connection, the battery. */
import { formatBytes } from '../../format.ts';
export const system = {
  nothingArrived:
    'Nothing that Mynah can read has arrived. Share it again, or choose the file here.',

  /* The end of a training that isn't looked at: the bot's name */
  isTrained: (name: string) => `${name} is trained`,
  hasStopped: (name: string) => `The training of ${name} has stopped`,
  canWriteNow: 'It can write now.',
  lookWhy: 'Open the page to see why.',
  tellingDenied:
    'Your browser doesn’t allow this page to. Its settings for this site can change that.',

  /* A connection that may cost money */
  metered: (name: string, bytes: number | null) =>
    bytes === null
      ? `This connection may be paid by the amount, and it isn’t known yet how large ${name} is. Many models are larger than 500 MB.`
      : `This connection may be paid by the amount, and the download of ${name} is ${formatBytes(bytes)}.`,
  downloadAnyway: 'Download anyway',
  notNow: 'Not now',

  /* Why a training rests, and what to do where the page was lost */
  rests: {
    battery: 'Pauses between steps, because the battery is low.',
    heat: 'Pauses between steps, because it has become slower: this device is probably hot.',
  },
  lostOften:
    'The system has closed this page three times or more while this bot was trained: this device probably has too little memory for it.',
  trySmaller: 'Try something smaller',
};
