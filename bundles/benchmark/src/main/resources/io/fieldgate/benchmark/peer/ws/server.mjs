// The package ws on Node's own HTTP server, with the settings it comes with.
import http from 'node:http';
import { createRequire } from 'node:module';
import { WebSocketServer } from 'ws';

const { version } = createRequire(import.meta.url)('ws/package.json');
const plain = new WebSocketServer({ noServer: true });
const deflating = new WebSocketServer({ noServer: true, perMessageDeflate: true });
const subscribers = new Set();

function serve(path, socket) {
  switch (path) {
    case '/fan/subscribe':
      subscribers.add(socket);
      socket.on('close', () => subscribers.delete(socket));
      break;
    case '/fan/publish':
      socket.on('message', (data) => subscribers.forEach((subscriber) => subscriber.send(data, { binary: false })));
      break;
    default:
      socket.on('message', (data) => socket.send(data, { binary: false }));
  }
  socket.on('error', () => socket.terminate());
}

const server = http.createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end('<title>ws</title>');
});
server.on('upgrade', (request, socket, head) => {
  const sockets = request.url === '/deflate' ? deflating : plain;
  sockets.handleUpgrade(request, socket, head, (webSocket) => serve(request.url, webSocket));
});
server.listen(0, '127.0.0.1', () => console.log(`ws ${version} is ready: open http://127.0.0.1:${server.address().port}/`));
process.on('SIGTERM', () => process.exit(0));
