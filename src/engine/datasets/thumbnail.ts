/**
 * A picture from an archive, drawn anew: small enough to be kept with every bot, and nothing of the
 * file but what is to be seen.
 */

/** Twice what the page shows, for screens with two pixels a point. */
const EDGE = 96;

/** As a `data:` address; null for what the browser can't show. */
export async function thumbnail(picture: Blob): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(picture);
    const canvas = new OffscreenCanvas(EDGE, EDGE);
    const context = canvas.getContext('2d');
    if (context === null) return null;
    // A JPEG has no transparency: what shows through is white, as on the site it is from.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, EDGE, EDGE);
    context.imageSmoothingQuality = 'high';
    // The middle of one that is no square.
    const edge = Math.min(bitmap.width, bitmap.height);
    const [x, y] = [(bitmap.width - edge) / 2, (bitmap.height - edge) / 2];
    context.drawImage(bitmap, x, y, edge, edge, 0, 0, EDGE, EDGE);
    bitmap.close();
    const file = await canvas.convertToBlob({ type: 'image/jpeg' });
    const bytes = new Uint8Array(await file.arrayBuffer());
    return `data:image/jpeg;base64,${btoa(String.fromCharCode(...bytes))}`;
  } catch {
    // Damaged, of a kind or a size that the browser refuses, or a browser that can't draw in a worker.
    return null;
  }
}
