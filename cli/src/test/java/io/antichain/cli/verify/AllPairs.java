package io.antichain.cli.verify;

import io.antichain.cli.verify.RandomLog.Stored;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an analyzer of one stream writes, by comparing each event with all that arrived before. What it is free to do is drawn:
 * to remember a pair beyond the window (scope key), to call a complete record incomplete, to say that something was repeated.
 */
final class AllPairs {
    /** An event that was believed. */
    private record Held(Stored stored, int arrival) {
        Event event() {
            return stored.event();
        }
    }

    private final Random random;
    private final Scope scope;
    private final int window;
    private final List<Held> history = new ArrayList<>();
    private final Map<ProcessId, Long> heard = new HashMap<>();
    private final Set<Dot> dots = new HashSet<>();

    /** Whether an event came again when it was not held any more. */
    boolean isRepeated;

    final List<Conflict> records = new ArrayList<>();
    final List<Anomaly> anomalies = new ArrayList<>();
    /** Of each record, how many of its pairs are within the window. */
    final List<Integer> within = new ArrayList<>();
    /** Of each record, how many pairs beyond the window it leaves out. */
    final List<Integer> leftOut = new ArrayList<>();

    AllPairs(Random random, Scope scope, int window) {
        this.random = random;
        this.scope = scope;
        this.window = window;
    }

    void take(Stored stored) {
        Event event = stored.event();
        Optional<Kind> refusal = refusal(event);
        if (refusal.isPresent()) {
            if (refusal.get() != Kind.DUPLICATE || random.nextBoolean()) {
                anomalies.add(new Anomaly(refusal.get(), Optional.of(reference(stored)), "", Map.of()));
            }
            return;
        }
        isRepeated |= !dots.add(event.dot());
        event.clock().orElseThrow().forEach((process, entry) -> heard.merge(process, entry, Math::max));
        if (scope == Scope.ALL || event.key().isPresent()) {
            record(stored);
        }
        history.add(new Held(stored, history.size()));
    }

    private Optional<Kind> refusal(Event event) {
        VectorClock clock = event.clock().orElseThrow();
        if (clock.get(event.process()) != event.counter()) {
            return Optional.of(Kind.OWN_ENTRY_MISMATCH);
        }
        Event below = null;
        Event above = null;
        for (Held held : history) {
            boolean isOwn = isHeld(held) && held.event().process().equals(event.process());
            long counter = held.event().counter();
            if (isOwn && counter == event.counter()) {
                return Optional.of(Kind.DUPLICATE);
            }
            below = isOwn && counter < event.counter() && (below == null || counter > below.counter())
                    ? held.event()
                    : below;
            above = isOwn && counter > event.counter() && (above == null || counter < above.counter())
                    ? held.event()
                    : above;
        }
        if (below != null && falls(below, event) || above != null && falls(event, above)) {
            return Optional.of(Kind.CLOCK_REGRESSED);
        }
        boolean isFar = clock.entries().entrySet().stream()
                .anyMatch(entry -> heard.containsKey(entry.getKey())
                        && entry.getValue() - heard.get(entry.getKey()) > RandomLog.JUMP);
        return isFar ? Optional.of(Kind.CLOCK_TOO_FAR) : Optional.empty();
    }

    private static boolean falls(Event earlier, Event later) {
        return earlier.clock().orElseThrow().entries().entrySet().stream().anyMatch(entry -> {
            long now = later.clock().orElseThrow().get(entry.getKey());
            return now > 0 && now < entry.getValue();
        });
    }

    private boolean isHeld(Held held) {
        return history.size() - held.arrival() <= window;
    }

    private void record(Stored later) {
        Map<ProcessId, TreeMap<Long, Stored>> named = new TreeMap<>();
        int near = 0;
        int far = 0;
        for (Held held : history) {
            if (isConcurrent(held.event(), later.event())) {
                boolean isRemembered = scope == Scope.KEY && random.nextInt(3) == 0;
                near += isHeld(held) ? 1 : 0;
                far += isHeld(held) || isRemembered ? 0 : 1;
                if (isHeld(held) || isRemembered) {
                    named.computeIfAbsent(held.event().process(), process -> new TreeMap<>())
                            .put(held.event().counter(), held.stored());
                }
            }
        }
        List<Run> runs = new ArrayList<>();
        named.values().forEach(events -> addRuns(new ArrayList<>(events.values()), runs));
        if (!runs.isEmpty()) {
            records.add(conflict(later, runs, far == 0 && random.nextInt(5) > 0));
            within.add(near);
            leftOut.add(far);
        }
    }

    private boolean isConcurrent(Event earlier, Event later) {
        return (scope == Scope.ALL || earlier.key().equals(later.key()))
                && !earlier.process().equals(later.process())
                && !earlier.clock().orElseThrow().includes(later.dot())
                && !later.clock().orElseThrow().includes(earlier.dot());
    }

    private void addRuns(List<Stored> events, List<Run> runs) {
        int from = 0;
        for (int to = 1; to <= events.size(); to++) {
            boolean isGap = to == events.size()
                    || events.get(to).event().counter()
                            != events.get(to - 1).event().counter() + 1;
            if (to == events.size() || scope == Scope.ALL && isGap) {
                runs.add(run(events.subList(from, to)));
                from = to;
            }
        }
    }

    static Run run(List<Stored> events) {
        Stored first = events.get(0);
        Stored last = events.get(events.size() - 1);
        List<Long> counters =
                events.stream().map(stored -> stored.event().counter()).toList();
        boolean isConsecutive = counters.get(counters.size() - 1) - counters.get(0) + 1 == counters.size();
        return new Run(
                first.event().process(),
                first.event().counter(),
                last.event().counter(),
                first.position(),
                last.position(),
                events.size(),
                0,
                isConsecutive ? List.of() : counters);
    }

    private Conflict conflict(Stored later, List<Run> runs, boolean complete) {
        return new Conflict(
                scope,
                scope == Scope.ALL ? Optional.empty() : later.event().key(),
                Conflict.Status.CONCURRENT,
                reference(later),
                runs,
                List.of(),
                List.of(),
                complete);
    }

    static EventRef reference(Stored stored) {
        Dot dot = stored.event().dot();
        VectorClock clock = stored.event().clock().orElseThrow();
        return new EventRef(dot, stored.position(), clock, LamportTimestamp.ZERO, 0);
    }

    /** How many concurrent pairs of different dots there are. */
    long pairs() {
        Map<Dot, Event> events = new HashMap<>();
        history.forEach(held -> events.putIfAbsent(held.event().dot(), held.event()));
        List<Event> all = events.values().stream()
                .filter(event -> scope == Scope.ALL || event.key().isPresent())
                .toList();
        long pairs = 0;
        for (Event one : all) {
            pairs += all.stream().filter(other -> isConcurrent(one, other)).count();
        }
        return pairs / 2;
    }
}
