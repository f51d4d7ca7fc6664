import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** In a question, it makes the model begin a reply and say nothing. */
export const HOLD = 'Please take your time.';

/**
 * A model on loopback that holds the questions it is told to hold and declines all others at once, so that streams can be idle
 * while other answers are quotations.
 */
export async function holdingModel() {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => (body += part));
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const chunk = (delta: object, finish_reason: string | null) =>
        response.write(
          `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 0, model: 'held', choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
        );
      chunk({ role: 'assistant', content: '' }, null);
      if (body.includes(HOLD)) return;
      chunk({}, 'content_filter');
      response.end('data: [DONE]\n\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
