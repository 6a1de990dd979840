/** The part of npm `ws` that `bidi.ts` uses. Node 20 has no WebSocket of its own that lasts. */

declare module 'ws' {
  export class WebSocket {
    constructor(url: string, options: { maxPayload: number });
    on(event: 'open' | 'close', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    on(event: 'message', listener: (data: { toString(): string }) => void): void;
    send(text: string): void;
    close(): void;
  }
}
