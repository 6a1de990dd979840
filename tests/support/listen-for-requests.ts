/** A server that remembers what it was asked, whatever that was. */

import { createServer, type Socket } from 'node:net';

export interface RequestListener {
  readonly port: number;
  /** The first line of each request, such as `GET http://example.org/ HTTP/1.1`, in the order in which they came. */
  readonly received: string[];
  close(): void;
}

/** Listens on this computer. `answer` is the head of every answer, whose body is empty. */
export async function listenForRequests(answer: string): Promise<RequestListener> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', (data) => {
      received.push(data.toString('latin1').split('\r\n')[0] ?? '');
      socket.end(`HTTP/1.1 ${answer}\r\nContent-Length: 0\r\n\r\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    received,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
