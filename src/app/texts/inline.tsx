/** Words within a sentence that stand out. A message gets these functions, so that it can put the words anywhere. */
import type { ComponentChildren, JSX } from 'preact';

/** Makes an element of words that the message gives it. */
export type Inline = (words: ComponentChildren) => JSX.Element;

export const bold: Inline = (words) => <b>{words}</b>;
export const strong: Inline = (words) => <strong>{words}</strong>;
export const emphasis: Inline = (words) => <em>{words}</em>;
export const italic: Inline = (words) => <i>{words}</i>;
export const code: Inline = (words) => <code>{words}</code>;
/** Only read by screen readers. */
export const hidden: Inline = (words) => <span class="visually-hidden">{words}</span>;
