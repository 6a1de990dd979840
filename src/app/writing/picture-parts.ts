/** What pictures of cards and of results share. */
import type { RunSummary } from '../../protocol/bots.ts';
import { BIRD_MARK } from '../ui/bird.tsx';

/** Rejects if the browser can't make a PNG of it. */
export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the browser made no picture'));
      else resolve(blob);
    }, 'image/png');
  });
}

/** Draws the bot's emoji, its account's picture, or the bird. Leaves the font and the colour changed. */
export async function drawAvatar(
  draw: CanvasRenderingContext2D,
  { emoji, dataset }: RunSummary,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): Promise<void> {
  if (emoji !== null) {
    draw.font = `${size * 0.8}px sans-serif`;
    draw.textBaseline = 'middle';
    draw.fillText(emoji, x, y + size / 2);
    return;
  }
  draw.save();
  if (dataset.avatar !== null) {
    draw.beginPath();
    draw.roundRect(x, y, size, size, size / 2);
    draw.clip();
    const picture = new Image();
    picture.src = dataset.avatar;
    await picture.decode();
    draw.drawImage(picture, x, y, size, size);
  } else {
    draw.translate(x, y);
    draw.scale(size / 64, size / 64);
    for (const { fill, d } of BIRD_MARK) {
      draw.fillStyle = fill;
      draw.fill(new Path2D(d));
    }
  }
  draw.restore();
}
