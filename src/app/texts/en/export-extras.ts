/** What an export holds only if it is asked for. */
import { formatBytes } from '../../format.ts';

export const exportExtras = {
  picture: 'With the picture of the account in the card',
  optimizer: (bytes: number) =>
    `With the state of the optimizer in the whole model (${formatBytes(bytes)} more), so that its training can be continued elsewhere`,
};
