// The least that shows private changes to connected devices: Node's http, a map of channels, and nothing else. It checks
// nobody, remembers nothing, and ends with its input. Node by itself waits for no further write (no delay) and sends what
// was written to one response as it is, which is the fastest that http can do: without chunks each event is one write.
//
//   node server.mjs PORT        input: a line "channel<tab>id<tab>data" a change

import http from 'node:http';

const channels = new Map();
const shortestRetry = 1000;
const longestRetry = 5000;

const server = http.createServer((request, response) => {
    const channel = request.headers['x-channel'];
    response.useChunkedEncodingByDefault = false;
    response.writeHead(200, {'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', Connection: 'close'});
    const retry = shortestRetry + Math.floor(Math.random() * (longestRetry - shortestRetry + 1));
    response.write(`retry:${retry}\nevent:ready\ndata:{}\n\n`);
    channels.set(channel, response);
    request.on('close', () => channels.get(channel) === response && channels.delete(channel));
});

server.requestTimeout = 0;
server.listen({host: '127.0.0.1', port: Number(process.argv[2]), backlog: 4096});

let rest = '';

process.stdin.setEncoding('latin1');
process.stdin.on('data', text => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
        const [channel, id, data] = line.split('\t', 3);
        channels.get(channel)?.write(`id:${id}\nevent:journey\ndata:${data}\n\n`, 'latin1');
    }
});
process.stdin.on('end', () => process.exit(0));
