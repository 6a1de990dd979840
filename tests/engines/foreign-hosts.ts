/**
 * A proxy that stands for every host that isn't this computer. It answers nothing and remembers who was asked: what
 * reaches it, a page, a worker or a service worker has tried to send out.
 */

import { createServer, type Socket } from 'node:net';

export interface ForeignHosts {
  readonly port: number;
  /** The first line of each request, such as `GET http://example.org/ HTTP/1.1`. */
  readonly asked: readonly string[];
  close(): void;
}

export async function watchForeignHosts(): Promise<ForeignHosts> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (data) => {
      asked.push(data.toString('latin1').split('\r\n')[0] ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    asked,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
