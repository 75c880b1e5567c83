package dev.borrowerjourney.session.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Questions to the database about sessions: each is asked once at a time however many want to know, and what comes while
 * others are under way is asked together.
 */
final class LookUps {

    private static final int AT_ONCE = 500;
    private static final int UNDER_WAY = 4;

    private final Function<List<ByteBuffer>, Function<ByteBuffer, Optional<LiveSession>>> database;
    private final Executor executor = Thread::startVirtualThread;
    private final Map<ByteBuffer, CompletableFuture<Optional<LiveSession>>> flights = new ConcurrentHashMap<>();
    private final Queue<Question> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param database asks about all of these hashes, and then says of each what came of it; may fail */
    LookUps(Function<List<ByteBuffer>, Function<ByteBuffer, Optional<LiveSession>>> database) {
        this.database = database;
    }

    /** What the database says of the token with this hash; it is shared, so nobody may end it. */
    CompletableFuture<Optional<LiveSession>> ask(ByteBuffer hash) {
        var own = new CompletableFuture<Optional<LiveSession>>();
        var others = flights.putIfAbsent(hash, own);
        if (others != null) {
            return others;
        }
        waiting.add(new Question(hash, own));
        askMore();
        return own;
    }

    /** Who asks from now on is not told what was asked before. */
    void forget() {
        flights.clear();
    }

    private void askMore() {
        int now = underWay.get();
        while (now < UNDER_WAY && !underWay.compareAndSet(now, now + 1)) {
            now = underWay.get();
        }
        if (now < UNDER_WAY) {
            executor.execute(this::askAll);
        }
    }

    private void askAll() {
        try {
            for (var questions = next(); !questions.isEmpty(); questions = next()) {
                ask(questions);
            }
        } finally {
            underWay.decrementAndGet();
        }
        // Whoever came in between found everybody still at work.
        if (!waiting.isEmpty()) {
            askMore();
        }
    }

    private List<Question> next() {
        var questions = new ArrayList<Question>();
        for (var question = waiting.poll(); question != null; question = waiting.poll()) {
            questions.add(question);
            if (questions.size() == AT_ONCE) {
                break;
            }
        }
        return questions;
    }

    private void ask(List<Question> questions) {
        try {
            var answers = database.apply(questions.stream().map(Question::hash).toList());
            questions.forEach(question -> answer(question, answers));
        } catch (RuntimeException | Error e) {
            questions.forEach(question -> end(question, flight -> flight.completeExceptionally(e)));
        }
    }

    private void answer(Question question, Function<ByteBuffer, Optional<LiveSession>> answers) {
        try {
            var answer = answers.apply(question.hash());
            end(question, flight -> flight.complete(answer));
        } catch (RuntimeException e) {
            end(question, flight -> flight.completeExceptionally(e));
        }
    }

    private void end(Question question, Consumer<CompletableFuture<Optional<LiveSession>>> completion) {
        flights.remove(question.hash(), question.flight());
        completion.accept(question.flight());
    }

    private record Question(ByteBuffer hash, CompletableFuture<Optional<LiveSession>> flight) {}
}
