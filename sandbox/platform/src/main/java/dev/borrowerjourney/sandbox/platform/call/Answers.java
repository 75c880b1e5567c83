package dev.borrowerjourney.sandbox.platform.call;

import static dev.borrowerjourney.sandbox.platform.Assumptions.IDEMPOTENCY_IN_PROGRESS;
import static dev.borrowerjourney.sandbox.platform.Assumptions.IDEMPOTENCY_KEY_INVALID;
import static dev.borrowerjourney.sandbox.platform.Assumptions.IDEMPOTENCY_KEY_REQUIRED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.IDEMPOTENCY_KEY_REUSED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.IDEMPOTENCY_RETENTION;
import static dev.borrowerjourney.sandbox.platform.Assumptions.REPLAYED_HEADER;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.BorrowerListener;
import dev.borrowerjourney.sandbox.platform.borrower.BorrowerRef;
import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.borrower.Replica;
import dev.borrowerjourney.sandbox.platform.borrower.StoredAnswer;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts answers into the envelope, and sees to it that a mutating call happens once for each Idempotency-Key. The
 * change and the answer to it are written together: no kill leaves one without the other.
 */
@Component
public class Answers implements BorrowerListener {

    private static final Duration RETENTION = DurationStyle.detectAndParse(IDEMPOTENCY_RETENTION);

    private final Map<StoredAnswer.Id, StoredAnswer> stored = new ConcurrentHashMap<>();
    private final Set<StoredAnswer.Id> running = ConcurrentHashMap.newKeySet();
    private final Borrowers borrowers;
    private final Replica replica;
    private final PlatformClock clock;
    private final JsonMapper json;

    Answers(Borrowers borrowers, Replica replica, PlatformClock clock, JsonMapper json) {
        this.borrowers = borrowers;
        this.replica = replica;
        this.clock = clock;
        this.json = json;
    }

    /** What a mutating call leaves behind, and says. */
    public record Change(Borrower borrower, Object data) {}

    /** Answers from the borrower as it is now, or as a replica knows it. */
    public ResponseEntity<String> read(Call call, Function<Borrower, Object> data) {
        Instant at = clock.now();
        Borrower borrower = replica.read(call.borrower());
        return answer(json.writeValueAsString(Envelope.of(call.correlationId(), at, data.apply(borrower))), false);
    }

    /** Changes the calling borrower, once for each key. */
    public ResponseEntity<String> change(Call call, Function<Borrower, Change> change) {
        return once(call, work -> borrowers.change(call.borrower(), work), change);
    }

    /** Changes a borrower whom a backend names, once for each key. */
    public ResponseEntity<String> change(Call call, BorrowerRef ref, UUID tenantId, Function<Borrower, Change> change) {
        return once(call, work -> borrowers.changeOrCreate(ref, tenantId, work), change);
    }

    @Override
    public void changed(@Nullable Borrower before, Borrower after) {
        after.answers().forEach(answer -> stored.put(answer.id(), answer));
        if (before != null) {
            Set<StoredAnswer> kept = new HashSet<>(after.answers());
            before.answers().stream()
                    .filter(answer -> !kept.contains(answer))
                    .forEach(answer -> stored.remove(answer.id(), answer));
        }
    }

    private ResponseEntity<String> once(
            Call call, Function<UnaryOperator<Borrower>, Borrower> run, Function<Borrower, Change> change) {
        StoredAnswer.Id id = id(call);
        if (!running.add(id)) {
            throw new PlatformException(
                    HttpStatus.CONFLICT, IDEMPOTENCY_IN_PROGRESS, "The first call with this key is still running.");
        }
        try {
            StoredAnswer earlier = stored.get(id);
            if (earlier != null && earlier.expiresAt().isAfter(clock.now())) {
                return replayed(call, earlier);
            }
            Borrower changed = run.apply(borrower -> remembering(call, id, change.apply(borrower)));
            return answer(changed.answers().getLast().body(), false);
        } finally {
            running.remove(id);
        }
    }

    private Borrower remembering(Call call, StoredAnswer.Id id, Change change) {
        Instant now = clock.now();
        String body = json.writeValueAsString(Envelope.of(call.correlationId(), now, change.data()));
        StoredAnswer answer =
                new StoredAnswer(id, call.fingerprint(), HttpStatus.OK.value(), body, clock.in(RETENTION));
        return change.borrower().remembering(answer, now);
    }

    private static StoredAnswer.Id id(Call call) {
        String key = call.idempotencyKey();
        if (key == null) {
            throw new PlatformException(
                    HttpStatus.BAD_REQUEST, IDEMPOTENCY_KEY_REQUIRED, "Every mutating call needs an Idempotency-Key.");
        }
        if (!key.matches("[\\x21-\\x7e]{1,255}")) {
            throw new PlatformException(
                    HttpStatus.BAD_REQUEST,
                    IDEMPOTENCY_KEY_INVALID,
                    "Idempotency-Key must be 1 to 255 printable characters.");
        }
        return new StoredAnswer.Id(call.caller().scope(), key);
    }

    private static ResponseEntity<String> replayed(Call call, StoredAnswer earlier) {
        if (!earlier.fingerprint().equals(call.fingerprint())) {
            throw new PlatformException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    IDEMPOTENCY_KEY_REUSED,
                    "The Idempotency-Key was used for another call.");
        }
        return answer(earlier.body(), true);
    }

    private static ResponseEntity<String> answer(String body, boolean replayed) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON);
        if (replayed) {
            answer.header(REPLAYED_HEADER, "true");
        }
        return answer.body(body);
    }
}
