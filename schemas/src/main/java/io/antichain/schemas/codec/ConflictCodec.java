package io.antichain.schemas.codec;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import io.antichain.wire.ConflictStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** {@link Conflict} and its wire form, which also holds what follows from the rest: id and pairs. */
final class ConflictCodec {
    private ConflictCodec() {}

    static io.antichain.wire.Conflict toWire(Conflict conflict) {
        return new io.antichain.wire.Conflict(
                conflict.id(),
                toWire(conflict.scope()),
                conflict.key().orElse(null),
                toWire(conflict.status()),
                EventRefCodec.toWire(conflict.event()),
                each(
                        conflict.runs(),
                        run -> RunCodec.toWire(run, conflict.event().at().topic())),
                conflict.pairs(),
                each(conflict.resolves(), Dot::toString),
                each(conflict.siblings(), EventRefCodec::toWire),
                conflict.complete(),
                conflict.part(),
                conflict.parts(),
                conflict.windowBeganMs().isEmpty()
                        ? null
                        : Instant.ofEpochMilli(conflict.windowBeganMs().getAsLong()));
    }

    static io.antichain.wire.Scope toWire(Scope scope) {
        return switch (scope) {
            case ALL -> io.antichain.wire.Scope.ALL;
            case KEY -> io.antichain.wire.Scope.KEY;
        };
    }

    static ConflictStatus toWire(Conflict.Status status) {
        return switch (status) {
            case CONCURRENT -> ConflictStatus.CONCURRENT;
            case RESOLVED -> ConflictStatus.RESOLVED;
        };
    }

    static Conflict fromWire(io.antichain.wire.Conflict wire) {
        EventRef event = EventRefCodec.fromWire(wire.getEvent());
        Conflict conflict = new Conflict(
                scope(wire.getScope()),
                Optional.ofNullable(wire.getKey()),
                status(wire.getStatus()),
                event,
                each(wire.getRuns(), run -> RunCodec.fromWire(run, event.at().topic())),
                each(wire.getResolves(), Dot::parse),
                each(wire.getSiblings(), EventRefCodec::fromWire),
                wire.getComplete(),
                wire.getWindowBegan() == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(wire.getWindowBegan().toEpochMilli()),
                wire.getPart(),
                wire.getParts());
        for (Run run : conflict.runs()) {
            checkWitness(run, event);
        }
        checkDerived(conflict, wire);
        return conflict;
    }

    private static void checkWitness(Run run, EventRef event) {
        if (run.witness() >= event.dot().counter()) {
            throw new IllegalArgumentException("A run's witness is below the event's counter: event=" + event.dot()
                    + ", witness=" + run.witness() + "; the record's writer is broken");
        }
    }

    private static void checkDerived(Conflict conflict, io.antichain.wire.Conflict wire) {
        if (!conflict.id().equals(wire.getId())) {
            throw new IllegalArgumentException("A conflict's id is its scope, event and part: expected=" + conflict.id()
                    + "; the record's writer is broken");
        }
        long pairs = 0;
        for (Run run : conflict.runs()) {
            pairs = Math.addExact(pairs, run.length());
        }
        if (pairs != wire.getPairs()) {
            throw new IllegalArgumentException("A conflict's pairs are its runs' lengths in sum: id="
                    + conflict.id() + ", pairs=" + wire.getPairs() + ", sum=" + pairs
                    + "; the record's writer is broken");
        }
        boolean saysConcurrent = conflict.status() == Conflict.Status.CONCURRENT;
        boolean hasRuns = !conflict.runs().isEmpty();
        // The runs of one part may all be in the others; before 0.2 there were incomplete ones without any.
        boolean mayHaveNone = conflict.parts() > 1 || !conflict.complete();
        if ((hasRuns && !saysConcurrent) || (!hasRuns && saysConcurrent && !mayHaveNone)) {
            throw new IllegalArgumentException("A conflict's status does not fit its runs: id="
                    + conflict.id() + ", status=" + conflict.status() + ", runs="
                    + conflict.runs().size() + "; it is CONCURRENT iff there are runs; the record's writer is broken");
        }
        if (conflict.scope() == Scope.KEY && conflict.key().isEmpty()) {
            throw new IllegalArgumentException("A conflict of scope key has a key: id=" + conflict.id()
                    + ", key=null; the record's writer is broken");
        }
    }

    private static Scope scope(io.antichain.wire.Scope scope) {
        return switch (scope) {
            case ALL -> Scope.ALL;
            case KEY -> Scope.KEY;
            case UNKNOWN -> throw Fields.unknownSymbol("scope");
        };
    }

    private static Conflict.Status status(ConflictStatus status) {
        return switch (status) {
            case CONCURRENT -> Conflict.Status.CONCURRENT;
            case RESOLVED -> Conflict.Status.RESOLVED;
            case UNKNOWN -> throw Fields.unknownSymbol("status");
        };
    }

    private static <A, B> List<B> each(List<A> items, Function<A, B> translate) {
        List<B> translated = new ArrayList<>(items.size());
        for (A item : items) {
            translated.add(translate.apply(item));
        }
        return translated;
    }
}
