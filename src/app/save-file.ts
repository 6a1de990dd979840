/** Hands a file to the user, as a download. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then, however large it is.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
