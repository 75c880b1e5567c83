package dev.borrowerjourney.projector.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaGateTest {

    private static final int CORRELATION = 7;

    ServerSocket broker;
    KafkaGate gate;
    Socket client;

    @BeforeEach
    void open() throws IOException {
        broker = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answerByCorrelationId);
        gate = new KafkaGate(broker.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), gate.port());
        client.setSoTimeout(60_000);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        gate.close();
        broker.close();
    }

    @Test
    void letsEverythingElsePass() throws IOException {
        var produce = gate.hold(ApiKeys.PRODUCE, "one");

        ask(ApiKeys.END_TXN, "one-1");
        assertThat(answer()).isEqualTo(CORRELATION);
        ask(ApiKeys.PRODUCE, "two-1");
        assertThat(answer()).isEqualTo(CORRELATION);
        ask(ApiKeys.PRODUCE, null);
        assertThat(answer()).isEqualTo(CORRELATION);
        assertThat(produce.happened()).isFalse();
    }

    @Test
    void holdsRequestUntilReleased() throws IOException {
        var produce = gate.hold(ApiKeys.PRODUCE, "one");

        ask(ApiKeys.PRODUCE, "one-1");
        produce.await();
        nothingArrives();
        produce.release();

        assertThat(answer()).isEqualTo(CORRELATION);
        ask(ApiKeys.PRODUCE, "one-1");
        assertThat(answer()).isEqualTo(CORRELATION);
    }

    @Test
    void endsConnectionOfDroppedRequest() throws IOException {
        var produce = gate.hold(ApiKeys.PRODUCE, "one");

        ask(ApiKeys.PRODUCE, "one-1");
        produce.await();
        produce.drop();

        assertThatThrownBy(this::answer).isInstanceOf(IOException.class);
    }

    @Test
    void swallowsAnswerAlone() throws IOException {
        var end = gate.swallowAnswer(ApiKeys.END_TXN, "one");

        ask(ApiKeys.END_TXN, "one-1");
        end.await();
        nothingArrives();
        ask(ApiKeys.PRODUCE, "one-1");

        assertThat(answer()).isEqualTo(CORRELATION);
    }

    @Test
    void holdsAnswerOfWhatWasHeld() throws IOException {
        var held = gate.hold(ApiKeys.END_TXN, "one");
        ask(ApiKeys.END_TXN, "one-1");
        held.await();

        var unheard = gate.holdAnswer(ApiKeys.END_TXN, "one");
        held.release();
        unheard.await();
        ask(ApiKeys.PRODUCE, "one-1");
        nothingArrives();
        unheard.release();

        assertThat(answer()).isEqualTo(CORRELATION);
        assertThat(answer()).isEqualTo(CORRELATION);
    }

    private void nothingArrives() throws IOException {
        client.setSoTimeout(100);
        assertThatThrownBy(this::answer).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(60_000);
    }

    private void ask(ApiKeys api, @Nullable String clientId) throws IOException {
        var id = clientId == null ? new byte[0] : clientId.getBytes(UTF_8);
        var request = ByteBuffer.allocate(14 + id.length)
                .putInt(10 + id.length)
                .putShort(api.id)
                .putShort((short) 0)
                .putInt(CORRELATION)
                .putShort((short) (clientId == null ? -1 : id.length))
                .put(id);
        client.getOutputStream().write(request.array());
    }

    private int answer() throws IOException {
        var in = new DataInputStream(client.getInputStream());
        assertThat(in.readInt()).isEqualTo(Integer.BYTES);
        return in.readInt();
    }

    private void answerByCorrelationId() {
        try (var connection = broker.accept()) {
            var in = new DataInputStream(connection.getInputStream());
            var out = new DataOutputStream(connection.getOutputStream());
            while (true) {
                var request = in.readNBytes(in.readInt());
                out.writeInt(Integer.BYTES);
                out.writeInt(ByteBuffer.wrap(request).getInt(4));
            }
        } catch (EOFException e) {
            // The client has gone.
        } catch (IOException e) {
            // The test is over.
        }
    }
}
