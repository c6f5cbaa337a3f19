// Socket.IO on Node's own HTTP server, with the settings it comes with. Its clients say in the query which path they mean.
import http from 'node:http';
import { createRequire } from 'node:module';
import { Server } from 'socket.io';

const { version } = createRequire(import.meta.url)('socket.io/package.json');
const server = http.createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html');
  response.end('<title>socket.io</title>');
});
const io = new Server(server);

io.on('connection', (socket) => {
  switch (socket.handshake.query.path) {
    case '/fan/subscribe':
      socket.join('fan');
      break;
    case '/fan/publish':
      socket.on('m', (text) => io.to('fan').emit('m', text));
      break;
    default:
      socket.on('m', (text) => socket.emit('m', text));
  }
});
server.listen(0, '127.0.0.1', () =>
  console.log(`socket.io ${version} is ready: open http://127.0.0.1:${server.address().port}/`));
process.on('SIGTERM', () => process.exit(0));
