/**
 * A picture from an archive, drawn anew: small enough to be kept with every bot, and nothing of the
 * file but what is to be seen.
 */

/** Twice what the page shows, for screens with two pixels a point. */
const EDGE = 96;

/** As a `data:` address; null for what the browser can't show. */
export async function thumbnail(picture: Blob): Promise<string | null> {
  try {
    const size = { resizeWidth: EDGE, resizeHeight: EDGE, resizeQuality: 'high' } as const;
    const bitmap = await createImageBitmap(picture, size);
    const canvas = new OffscreenCanvas(EDGE, EDGE);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const file = await canvas.convertToBlob({ type: 'image/jpeg' });
    const bytes = new Uint8Array(await file.arrayBuffer());
    return `data:image/jpeg;base64,${btoa(String.fromCharCode(...bytes))}`;
  } catch {
    // Damaged, of a kind or a size that the browser refuses, or a browser that can't draw in a worker.
    return null;
  }
}
