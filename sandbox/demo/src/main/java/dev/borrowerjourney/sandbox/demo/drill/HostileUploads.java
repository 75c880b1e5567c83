package dev.borrowerjourney.sandbox.demo.drill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Clients that no decent sender resembles: bodies that are too large, and bodies that never end. */
final class HostileUploads implements AutoCloseable {

    private static final int SLOW = 64;
    private static final int LARGE = 4;
    private static final int CHUNK = 16 * 1024;
    private static final int CHUNKS = 40;
    private static final int ANNOUNCED = 200_000;
    private static final int BYTE_EVERY_MILLIS = 200;

    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
    private final LongAdder cut = new LongAdder();
    private final Stage stage;
    private volatile boolean stopping;

    private HostileUploads(Stage stage) {
        this.stage = stage;
    }

    static HostileUploads start(Stage stage) {
        var uploads = new HostileUploads(stage);
        for (int i = 0; i < SLOW; i++) {
            uploads.senders.execute(() -> uploads.again(uploads::slow));
        }
        for (int i = 0; i < LARGE; i++) {
            uploads.senders.execute(() -> uploads.again(uploads::large));
        }
        return uploads;
    }

    /** What a hostile sender does with a connection. */
    private interface Conduct {
        void send(Socket socket) throws IOException;
    }

    void enter(Ledger ledger) {
        answers.forEach((status, count) -> {
            ledger.figure("uploadsAnswered" + status, count.sum());
            if (status != 408 && status != 413 && status != 429) {
                ledger.wrong(count.sum(), "hostile uploads answered with " + status);
            }
        });
        ledger.figure("uploadsCut", cut.sum());
        ledger.expect(answers.containsKey(413), "no oversized body was refused with 413");
        ledger.expect(answers.containsKey(408), "no slow body was refused with 408");
    }

    @Override
    public void close() {
        stopping = true;
        senders.shutdownNow();
        senders.close();
    }

    private void again(Conduct conduct) {
        while (!stopping) {
            try (var socket = new Socket()) {
                socket.connect(stage.receiver(), 5_000);
                conduct.send(socket);
            } catch (IOException _) {
                cut.increment();
            }
        }
    }

    /** A byte now and then, for as long as the receiver has patience. */
    private void slow(Socket socket) throws IOException {
        socket.setSoTimeout(BYTE_EVERY_MILLIS);
        var out = socket.getOutputStream();
        out.write(head("Content-Length: " + ANNOUNCED));
        while (!stopping && !answered(socket.getInputStream())) {
            out.write(' ');
        }
    }

    /** Chunked, so that no header tells the size. */
    private void large(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        var out = socket.getOutputStream();
        out.write(head("Transfer-Encoding: chunked"));
        try {
            sendChunks(out);
        } catch (IOException _) {
            // Refused before its end; the answer may still be there to be read.
        }
        answered(socket.getInputStream());
    }

    private static void sendChunks(OutputStream out) throws IOException {
        var chunk = " ".repeat(CHUNK).getBytes(US_ASCII);
        for (int i = 0; i < CHUNKS; i++) {
            out.write((Integer.toHexString(CHUNK) + "\r\n").getBytes(US_ASCII));
            out.write(chunk);
            out.write("\r\n".getBytes(US_ASCII));
        }
        out.write("0\r\n\r\n".getBytes(US_ASCII));
    }

    private boolean answered(InputStream in) throws IOException {
        try {
            var line = new String(in.readNBytes("HTTP/1.1 200".length()), US_ASCII);
            if (!line.startsWith("HTTP/1.1 ")) {
                throw new IOException("connection closed");
            }
            answers.computeIfAbsent(Integer.parseInt(line.substring(9)), _ -> new LongAdder())
                    .increment();
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        }
    }

    private byte[] head(String length) {
        var sender = stage.sender();
        return """
                POST /webhooks/journey-snapshots HTTP/1.1
                Host: 127.0.0.1
                Content-Type: application/json
                X-AL-Event-ID: evt_hostile
                X-AL-Tenant-ID: %s
                X-AL-Application-ID: %s
                X-AL-Webhook-Timestamp: 1800000000
                X-AL-Webhook-Signature: %s
                %s

                """.formatted(sender.tenantId(), sender.applicationId(), "0".repeat(64), length)
                .replace("\n", "\r\n")
                .getBytes(US_ASCII);
    }
}
