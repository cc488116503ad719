package io.antichain.analyzer.http;

import io.antichain.analyzer.reader.HeldConflict;
import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Conflict;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which conflict records are asked for: those that match all that is given.
 *
 * @param process whose event it is, or one of the runs
 * @param key with this key
 * @param status with this status
 * @param from not before this log time
 * @param to before this log time
 * @param text with this in its id, its key, or the name of a run's process
 */
record ConflictFilter(
        Optional<ProcessId> process,
        Optional<String> key,
        Optional<Conflict.Status> status,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> text)
        implements Predicate<HeldConflict> {
    static ConflictFilter of(Question question) {
        return new ConflictFilter(
                question.process("process"),
                question.text("key"),
                question.oneOf("status", Conflict.Status.class),
                question.instant("from"),
                question.instant("to"),
                question.text("text"));
    }

    @Override
    public boolean test(HeldConflict held) {
        Conflict conflict = held.conflict();
        return (status.isEmpty() || status.get() == conflict.status())
                && (key.isEmpty() || key.equals(conflict.key()))
                && (from.isEmpty() || held.atMs() >= from.get().toEpochMilli())
                && (to.isEmpty() || held.atMs() < to.get().toEpochMilli())
                && (process.isEmpty() || conflict.concerns(process.get()))
                && (text.isEmpty() || holds(conflict, text.get()));
    }

    private static boolean holds(Conflict conflict, String text) {
        return conflict.id().contains(text)
                || conflict.key().filter(key -> key.contains(text)).isPresent()
                || conflict.runs().stream()
                        .anyMatch(run -> run.process().toString().contains(text));
    }
}
