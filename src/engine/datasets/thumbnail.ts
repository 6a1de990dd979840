/**
 * Redraws a picture from an archive, so that it is small enough to be stored with every bot and
 * contains nothing from the file that can't be seen.
 */

/** Twice the size on the page, for screens with two pixels per point. */
const EDGE = 96;

/** Returns a `data:` address, or null for a file that the browser can't show. */
export async function thumbnail(picture: Blob): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(picture);
    const canvas = new OffscreenCanvas(EDGE, EDGE);
    const context = canvas.getContext('2d');
    if (context === null) return null;
    // A JPEG has no transparency. Transparent parts become white, as on the site the picture is from.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, EDGE, EDGE);
    context.imageSmoothingQuality = 'high';
    // Of a picture that isn't square, take the middle.
    const edge = Math.min(bitmap.width, bitmap.height);
    const [x, y] = [(bitmap.width - edge) / 2, (bitmap.height - edge) / 2];
    context.drawImage(bitmap, x, y, edge, edge, 0, 0, EDGE, EDGE);
    bitmap.close();
    const file = await canvas.convertToBlob({ type: 'image/jpeg' });
    const bytes = new Uint8Array(await file.arrayBuffer());
    return `data:image/jpeg;base64,${btoa(String.fromCharCode(...bytes))}`;
  } catch {
    // The file is damaged or of a kind or size that the browser refuses, or it can't draw in a worker.
    return null;
  }
}
