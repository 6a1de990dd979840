/** The system's dialog for sharing. */

/** Whether it takes pictures. */
export function canSharePictures(): boolean {
  if (!('canShare' in navigator)) return false;
  return navigator.canShare({ files: [new File([], 'a.png', { type: 'image/png' })] });
}

/** Resolves to false if the browser couldn't share it. Closing the dialog is no error. */
export async function share(what: ShareData): Promise<boolean> {
  try {
    await navigator.share(what);
    return true;
  } catch (thrown) {
    return thrown instanceof DOMException && thrown.name === 'AbortError';
  }
}
