package dev.borrowerjourney.session.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Ends TLS before a plain server, with a certificate for one name that signs itself. */
public final class TlsFront implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final SSLServerSocket listening;
    private final int behind;
    private final Path certificate;

    /** Stands before the server at this port of the loopback address; files are made in the directory. */
    public TlsFront(String name, int behind, Path directory) {
        this.behind = behind;
        this.certificate = directory.resolve("certificate.pem");
        try {
            listening = (SSLServerSocket) context(name, directory)
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Whoever trusts this file trusts the front. */
    public Path certificate() {
        return certificate;
    }

    private SSLContext context(String name, Path directory) throws IOException, GeneralSecurityException {
        var store = directory.resolve("keys.p12");
        var common = List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-alias", "front");
        keytool(
                common,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name);
        keytool(common, "-exportcert", "-rfc", "-file", certificate.toString());
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(List<String> common, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(common);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("keytool failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var app = listening.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), behind);
                Thread.startVirtualThread(() -> pass(app, server));
                Thread.startVirtualThread(() -> pass(server, app));
            } catch (IOException _) {
                // Closed, or a client that left.
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException _) {
            // One of both has hung up, and so does the other.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
