/** Controls that occur in several places. */
import { formatNumber } from '../../format.ts';

export const controls = {
  close: 'Close',
  keep: 'Keep',
  wholeNumber: (min: number, max: number) =>
    `Enter a whole number from ${formatNumber(min)} to ${formatNumber(max)}.`,
  number: (min: number, max: number) =>
    `Enter a number from ${formatNumber(min)} to ${formatNumber(max)}.`,
  /** @param value What is used as long as the field has no valid value. */
  untilThen: (value: string) => `Until then, ${value} is used.`,
};
