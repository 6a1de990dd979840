/** Draws a picture of a card, in the colours that the card has now. It never leaves the page by itself. */
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { handleOf } from '../state/writing.ts';
import { drawAvatar, pngOf } from './picture-parts.ts';
import { wrapped } from './wrapped.ts';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

const WIDTH = 1200;
const MARGIN = 56;
const PADDING = 64;
const AVATAR = 104;
const TEXT_PX = 48;
const LINE_PX = 66;
const FOOT_PX = 30;

interface Look {
  readonly ground: string;
  readonly surface: string;
  readonly ink: string;
  readonly muted: string;
  readonly font: string;
  readonly direction: 'ltr' | 'rtl';
}

/** A PNG, 1,200 pixels wide and as high as the text needs. Rejects if the browser can't draw it. */
export async function tweetPicture(
  run: RunSummary,
  { text }: Pick<WrittenTweet, 'text'>,
  card: HTMLElement,
): Promise<Blob> {
  const look = lookOf(card);
  const canvas = document.createElement('canvas');
  const draw = canvas.getContext('2d');
  if (draw === null) throw new Error('the browser has no canvas');
  const textFont = `400 ${TEXT_PX}px ${look.font}`;
  draw.font = textFont;
  const room = WIDTH - 2 * (MARGIN + PADDING);
  const lines = wrapped(text, (part) => draw.measureText(part).width <= room);
  canvas.width = WIDTH;
  canvas.height = 2 * (MARGIN + PADDING) + AVATAR + 40 + lines.length * LINE_PX + 40 + FOOT_PX;

  draw.fillStyle = look.ground;
  draw.fillRect(0, 0, canvas.width, canvas.height);
  draw.fillStyle = look.surface;
  draw.beginPath();
  draw.roundRect(MARGIN, MARGIN, WIDTH - 2 * MARGIN, canvas.height - 2 * MARGIN, 48);
  draw.fill();

  const left = MARGIN + PADDING;
  let y = MARGIN + PADDING;
  await drawAvatar(draw, run, { x: left, y, size: AVATAR });
  draw.textBaseline = 'middle';
  draw.fillStyle = look.ink;
  draw.font = `700 38px ${look.font}`;
  draw.fillText(run.name, left + AVATAR + 28, y + 32, room - AVATAR - 28);
  const handle = handleOf(run);
  draw.fillStyle = look.muted;
  draw.font = `400 ${FOOT_PX}px ${look.font}`;
  const below = handle === null ? texts.ai : `${handle} · ${texts.ai}`;
  draw.fillText(below, left + AVATAR + 28, y + 78, room - AVATAR - 28);

  y += AVATAR + 40;
  draw.fillStyle = look.ink;
  draw.font = textFont;
  draw.direction = look.direction;
  draw.textAlign = 'start';
  const edge = look.direction === 'rtl' ? WIDTH - left : left;
  for (const [i, line] of lines.entries()) draw.fillText(line, edge, y + (i + 0.5) * LINE_PX);

  y += lines.length * LINE_PX + 40;
  draw.direction = 'ltr';
  draw.fillStyle = look.muted;
  draw.font = `400 ${FOOT_PX}px ${look.font}`;
  draw.fillText(texts.pictureFoot, left, y + FOOT_PX / 2, room);
  return pngOf(canvas);
}

function lookOf(card: HTMLElement): Look {
  const own = getComputedStyle(card);
  const text = getComputedStyle(card.querySelector('.tweet-text') ?? card);
  const count = getComputedStyle(card.querySelector('.tweet-count') ?? card);
  const list = card.closest('.tweets');
  return {
    ground: getComputedStyle(document.documentElement).backgroundColor,
    surface: list === null ? own.backgroundColor : getComputedStyle(list).backgroundColor,
    ink: text.color,
    muted: count.color,
    font: own.fontFamily,
    direction: text.direction === 'rtl' ? 'rtl' : 'ltr',
  };
}
