/** A file input that isn't shown: a button opens it. */
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

interface FileInputProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly label: string;
  /** Which files are offered; all of them without it. */
  readonly accept?: string;
  /** Whether a folder is chosen, whose files it gives. */
  readonly isFolder?: boolean;
  readonly onChosen: (files: readonly File[]) => void;
}

export function FileInput({ input, label, accept, isFolder = false, onChosen }: FileInputProps) {
  // Not among the attributes that Preact's types know.
  useLayoutEffect(() => {
    input.current?.toggleAttribute('webkitdirectory', isFolder);
  }, [input, isFolder]);
  return (
    <input
      ref={input}
      class="visually-hidden"
      type="file"
      multiple={!isFolder}
      accept={accept}
      // A stop that can't be seen would only puzzle the keyboard.
      tabIndex={-1}
      aria-label={label}
      onChange={({ currentTarget }) => {
        const files = [...(currentTarget.files ?? [])];
        // Emptied, so that choosing the same again is a change again.
        currentTarget.value = '';
        onChosen(files);
      }}
    />
  );
}
