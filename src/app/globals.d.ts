/** `version` of package.json, put in by `vite.config.ts`. */
declare const __APP_VERSION__: string;

/** Chromium only, and only from a user's gesture (WICG File System Access). */
declare const showSaveFilePicker:
  | undefined
  | ((options: {
      readonly suggestedName: string;
      readonly types: readonly {
        readonly description: string;
        readonly accept: Readonly<Record<string, readonly string[]>>;
      }[];
    }) => Promise<FileSystemFileHandle>);

/** Chromium only: what the system opens with the installed page (WICG File Handling). */
declare const launchQueue:
  | undefined
  | {
      setConsumer(
        consumer: (launch: {
          readonly targetURL?: string;
          readonly files?: readonly FileSystemFileHandle[];
        }) => void,
      ): void;
    };
