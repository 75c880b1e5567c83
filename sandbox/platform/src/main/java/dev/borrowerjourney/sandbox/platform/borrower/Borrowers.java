package dev.borrowerjourney.sandbox.platform.borrower;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** All borrowers. Changes of one borrower happen one after the other and are on disk before anybody sees them. */
@Component
public class Borrowers implements SmartInitializingSingleton {

    private final Map<BorrowerRef, Borrower> all = new ConcurrentHashMap<>();
    private final Map<String, BorrowerRef> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, BorrowerRef> byPosition = new ConcurrentSkipListMap<>();
    private final Map<BorrowerRef, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final BorrowerFiles files;
    private final SnapshotNumbers numbers;
    private final ObjectProvider<BorrowerListener> listeners;

    Borrowers(BorrowerFiles files, SnapshotNumbers numbers, ObjectProvider<BorrowerListener> listeners) {
        this.files = files;
        this.numbers = numbers;
        this.listeners = listeners;
        files.readAll().forEach(borrower -> {
            borrower.snapshots().forEach(snapshot -> numbers.seen(snapshot.position()));
            publish(null, borrower);
        });
    }

    /** Takes up again what a stop or a kill left unfinished. */
    @Override
    public void afterSingletonsInstantiated() {
        all.values().forEach(borrower -> tell(null, borrower));
    }

    public Optional<Borrower> find(BorrowerRef ref) {
        return Optional.ofNullable(all.get(ref));
    }

    public Borrower get(BorrowerRef ref) {
        return find(ref).orElseThrow();
    }

    /** The borrower with this journey, or step, or hash of a session or refresh token. */
    public Optional<Borrower> having(String id) {
        return Optional.ofNullable(byId.get(id)).flatMap(this::find);
    }

    /** Snapshots of all borrowers in order, from behind a position, as far as the order is settled. */
    public Stream<Map.Entry<Snapshot, Borrower>> snapshotsAfter(long position) {
        return byPosition.subMap(position, false, Math.max(position, numbers.settled()), true).entrySet().stream()
                .flatMap(entry -> {
                    Borrower borrower = get(entry.getValue());
                    return borrower.snapshots().stream()
                            .filter(snapshot -> snapshot.position() == entry.getKey())
                            .map(snapshot -> Map.entry(snapshot, borrower));
                });
    }

    public List<BorrowerRef> refs() {
        return all.keySet().stream()
                .sorted(Comparator.comparing(BorrowerRef::externalId))
                .toList();
    }

    public Borrower change(BorrowerRef ref, UnaryOperator<Borrower> change) {
        return locked(ref, () -> changed(get(ref), change));
    }

    public Borrower changeOrCreate(BorrowerRef ref, UUID tenantId, UnaryOperator<Borrower> change) {
        return locked(ref, () -> changed(find(ref).orElseGet(() -> Borrower.unknown(ref, tenantId)), change));
    }

    private Borrower locked(BorrowerRef ref, Supplier<Borrower> change) {
        ReentrantLock lock = locks.computeIfAbsent(ref, _ -> new ReentrantLock());
        lock.lock();
        try {
            return change.get();
        } finally {
            numbers.finished();
            lock.unlock();
        }
    }

    private Borrower changed(Borrower before, UnaryOperator<Borrower> change) {
        Borrower after = change.apply(before);
        if (after.equals(before)) {
            return before;
        }
        files.write(after);
        Borrower known = all.get(after.ref());
        publish(known, after);
        tell(known, after);
        return after;
    }

    private void publish(@Nullable Borrower before, Borrower after) {
        all.put(after.ref(), after);
        BorrowerIds.all(after).forEach(id -> byId.put(id, after.ref()));
        if (before != null && !before.sessions().equals(after.sessions())) {
            Set<String> alive = BorrowerIds.tokens(after).collect(Collectors.toSet());
            BorrowerIds.tokens(before).filter(token -> !alive.contains(token)).forEach(byId::remove);
        }
        long newest = before == null || before.snapshots().isEmpty()
                ? 0
                : before.snapshots().getLast().position();
        after.snapshots().stream()
                .filter(snapshot -> snapshot.position() > newest)
                .forEach(snapshot -> byPosition.put(snapshot.position(), after.ref()));
    }

    private void tell(@Nullable Borrower before, Borrower after) {
        listeners.forEach(listener -> listener.changed(before, after));
    }
}
