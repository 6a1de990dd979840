/** Draws a picture of the outcome, in the colours of the page. No tweet is in it, and it never leaves by itself. */
import type { RunSummary } from '../../../protocol/bots.ts';
import { drawAvatar, pngOf } from '../picture-parts.ts';
import { quiz as quizRoom } from '../../texts/en/quiz.ts';
import { messages } from '../../texts/messages.ts';

const texts = messages('quiz', quizRoom);

const WIDTH = 1200;
const HEIGHT = 630;
const MARGIN = 48;
const LEFT = 112;
const AVATAR = 96;
const MARK = 76;
const GAP = 22;

/** A PNG of 1,200 by 630 pixels. Rejects if the browser can't draw it. */
export async function quizPicture(
  run: RunSummary,
  answers: readonly boolean[],
  panel: HTMLElement,
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const draw = canvas.getContext('2d');
  if (draw === null) throw new Error('the browser has no canvas');
  const { fontFamily, color: ink } = getComputedStyle(panel);
  const colour = (name: string) => resolved(panel, name);
  const [muted, good, danger] = [colour('--muted'), colour('--good'), colour('--danger')];
  const text = (words: string, font: string, fill: string, y: number, x = LEFT) => {
    draw.font = `${font} ${fontFamily}`;
    draw.fillStyle = fill;
    draw.fillText(words, x, y, WIDTH - MARGIN - x - 40);
  };
  draw.textBaseline = 'middle';
  draw.fillStyle = colour('--ground');
  draw.fillRect(0, 0, WIDTH, HEIGHT);
  draw.fillStyle = colour('--surface');
  draw.beginPath();
  draw.roundRect(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN, 48);
  draw.fill();

  draw.fillStyle = ink;
  await drawAvatar(draw, run, { x: LEFT, y: 100, size: AVATAR });
  text(texts.title, '700 44px', ink, 128, LEFT + AVATAR + 28);
  text(run.name, '400 32px', muted, 180, LEFT + AVATAR + 28);
  const right = answers.filter(Boolean).length;
  text(texts.result(right, answers.length), '700 76px', ink, 290);
  for (const [i, isRight] of answers.entries()) {
    const x = LEFT + i * (MARK + GAP);
    draw.beginPath();
    draw.roundRect(x, 360, MARK, MARK, 18);
    draw.fillStyle = isRight ? good : danger;
    draw.fill();
    drawSign(draw, isRight, x, 360, colour('--surface'));
  }
  text(texts.pictureLine, '400 30px', muted, 490);
  text(texts.pictureFoot, '400 30px', muted, 534);
  return pngOf(canvas);
}

/** A check mark or a cross, so that colour isn't all that tells them apart. */
function drawSign(
  draw: CanvasRenderingContext2D,
  isRight: boolean,
  x: number,
  y: number,
  colour: string,
): void {
  const sign = new Path2D(isRight ? 'M4 10.5l4 4 8-9' : 'M5.5 5.5l9 9M14.5 5.5l-9 9');
  draw.save();
  draw.translate(x, y);
  draw.scale(MARK / 20, MARK / 20);
  draw.lineWidth = 2;
  draw.lineCap = 'round';
  draw.lineJoin = 'round';
  draw.strokeStyle = colour;
  draw.stroke(sign);
  draw.restore();
}

/** The value of a custom property as a colour that a canvas understands, in the theme that is on. */
function resolved(element: HTMLElement, property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
