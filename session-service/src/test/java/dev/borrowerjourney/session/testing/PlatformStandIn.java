package dev.borrowerjourney.session.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as the platform documents, on loopback, so that tests can make it fail. It knows sessions and whatever answers a
 * test sets up, and keeps what it was asked.
 */
public final class PlatformStandIn {

    public static final String HEADLESS = "/api/v1/headless";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        // The server would close whatever is idle beyond 200, under calls that are just being sent.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private final HttpServer server;
    private final Set<String> apiKeys = ConcurrentHashMap.newKeySet();
    private final SessionsStandIn sessions = new SessionsStandIn();
    private final Map<String, Function<Request, Answer>> answers = new ConcurrentHashMap<>();
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final Map<String, Answer> served = new ConcurrentHashMap<>();
    private final Map<String, Answer> sessionAnswers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final Map<String, Gate> losses = new ConcurrentHashMap<>();
    private volatile @Nullable Answer refreshAnswer;

    public PlatformStandIn(String apiKey) {
        apiKeys.add(apiKey);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public void close() {
        server.stop(0);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Serves a fixed body outside of the platform's paths, such as the partner's keys; once for each service started. */
    public void serve(String path, String json) {
        served.put(path, Answer.json(200, json));
    }

    /** Sets what a call is answered with, once the token is right. */
    public void on(String methodAndPath, Answer answer) {
        on(methodAndPath, _ -> answer);
    }

    public void on(String methodAndPath, Function<Request, Answer> answer) {
        answers.put(methodAndPath, answer);
    }

    /** Sets who answers a call whose token is right, to the byte; its request has been read. */
    public void onExchange(String methodAndPath, HttpHandler handler) {
        handlers.put(methodAndPath, handler);
    }

    /** Sets what opening a session of a borrower is answered with, instead of a session. */
    public void onSession(String borrower, Answer answer) {
        sessionAnswers.put(borrower, answer);
    }

    public void healSession(String borrower) {
        sessionAnswers.remove(borrower);
    }

    /** Sets what every refresh is answered with, or nothing in place of what is documented. */
    public void onRefresh(@Nullable Answer answer) {
        refreshAnswer = answer;
    }

    /** Holds back what the next opening or refresh is answered with, once it is done. */
    public Gate holdNextSessionOf(String borrower) {
        var gate = new Gate();
        gates.put(borrower, gate);
        return gate;
    }

    /** Does not do the next opening or refresh, and holds back what it is answered with. */
    public Gate loseNextSessionOf(String borrower) {
        var gate = new Gate();
        losses.put(borrower, gate);
        return gate;
    }

    public void addApiKey(String apiKey) {
        apiKeys.add(apiKey);
    }

    public void removeApiKey(String apiKey) {
        apiKeys.remove(apiKey);
    }

    /** A new session of this borrower ends the older ones, from now on. */
    public void endOlderSessionOf(String borrower) {
        sessions.endOlderSessionOf(borrower);
    }

    /** How long session tokens of this borrower live, from now on. */
    public void lifetimeOf(String borrower, Duration lifetime) {
        sessions.lifetimeOf(borrower, lifetime);
    }

    /** Refuses all session tokens of a borrower, as after their expiry. */
    public void endSessionsOf(String borrower) {
        sessions.expireTokensOf(borrower);
    }

    /** Somebody else uses the borrower's refresh tokens. */
    public void useRefreshTokensOf(String borrower) {
        sessions.useRefreshTokensOf(borrower);
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<Request> requestsOn(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    public List<Request> openingsOf(String borrower) {
        return requestsOn(HEADLESS + "/sessions").stream()
                .filter(request -> request.body().contains("\"" + borrower + "\""))
                .toList();
    }

    public List<Request> refreshes() {
        return requestsOn(HEADLESS + "/sessions/refresh");
    }

    /** Refreshes with one of the borrower's refresh tokens. */
    public List<Request> refreshesOf(String borrower) {
        var tokens = refreshTokensOf(borrower);
        return refreshes().stream()
                .filter(request -> tokens.stream().anyMatch(request.body()::contains))
                .toList();
    }

    public Set<String> tokensOf(String borrower) {
        return sessions.tokensOf(borrower);
    }

    public Set<String> refreshTokensOf(String borrower) {
        return sessions.refreshTokensOf(borrower);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var headers = new ConcurrentHashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        var request = new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath(), Map.copyOf(headers), body);
        requests.add(request);
        var handler = handlers.get(request.method() + " " + request.path());
        if (handler != null && sessions.accepts(tokenOf(request))) {
            handler.handle(exchange);
        } else {
            send(exchange, answerTo(request));
        }
    }

    private Answer answerTo(Request request) {
        var fixed = served.get(request.path());
        return fixed == null ? answerToCall(request) : fixed;
    }

    private Answer answerToCall(Request request) {
        var token = tokenOf(request);
        if (request.path().equals(HEADLESS + "/sessions")) {
            return apiKeys.contains(token) ? session(request) : unauthenticated();
        }
        if (request.path().equals(HEADLESS + "/sessions/refresh")) {
            return apiKeys.contains(token) ? refresh(request) : unauthenticated();
        }
        var right = request.path().startsWith("/api/tenants/") ? apiKeys.contains(token) : sessions.accepts(token);
        if (!right) {
            return unauthenticated();
        }
        var answer = answers.get(request.method() + " " + request.path());
        return answer == null ? Answer.json(404, failure("NOT_FOUND")) : answer.apply(request);
    }

    private Answer session(Request request) {
        var borrower = JSON.readTree(request.body()).path("borrowerExternalID").asString("");
        var instead = sessionAnswers.get(borrower);
        return instead == null ? held(borrower, () -> sessions.open(request)) : instead;
    }

    private Answer refresh(Request request) {
        var instead = refreshAnswer;
        return instead == null ? held(sessions.ownerOf(request), () -> sessions.refresh(request)) : instead;
    }

    private Answer held(String borrower, Supplier<Answer> work) {
        var loss = losses.remove(borrower);
        if (loss != null) {
            loss.pass();
            return Answer.json(500, failure("LOST"));
        }
        var answer = work.get();
        var gate = gates.remove(borrower);
        if (gate != null) {
            gate.pass();
        }
        return answer;
    }

    private static String tokenOf(Request request) {
        return request.headers().getOrDefault("authorization", "").replaceFirst("^Bearer ", "");
    }

    private static Answer unauthenticated() {
        return Answer.json(401, failure("UNAUTHENTICATED"));
    }

    public static String failure(String code) {
        return "{\"error\": {\"code\": \"" + code + "\", \"message\": \"no\"}}";
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        if (!answer.hold().isZero()) {
            LockSupport.parkNanos(answer.hold().toNanos());
        }
        if (answer.status() == Answer.CUT) {
            exchange.close();
            return;
        }
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        var bytes = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /**
     * What a call is answered with.
     *
     * @param hold how long the answer is held back
     */
    public record Answer(int status, Map<String, String> headers, String body, Duration hold) {

        private static final int CUT = 0;

        /** None: the connection ends. */
        public static Answer cut() {
            return new Answer(CUT, Map.of(), "", Duration.ZERO);
        }

        public static Answer json(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), body, Duration.ZERO);
        }

        public Answer with(String header, String value) {
            var more = new ConcurrentHashMap<>(headers);
            more.put(header, value);
            return new Answer(status, Map.copyOf(more), body, hold);
        }

        public Answer heldFor(Duration time) {
            return new Answer(status, headers, body, time);
        }
    }

    /**
     * What was asked.
     *
     * @param headers names in lower case
     */
    public record Request(String method, String path, Map<String, String> headers, String body) {

        public @Nullable String header(String name) {
            return headers.get(name);
        }
    }
}
