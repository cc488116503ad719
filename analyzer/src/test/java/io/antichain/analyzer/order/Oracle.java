package io.antichain.analyzer.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.order.Execution.Published;
import io.antichain.clocks.Dot;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The definition, by the execution's reachability: what the engine must say of each arrival. */
final class Oracle {
    private final Execution execution;
    private final Scope scope;
    private final boolean patient;
    private final long seed;
    private final List<Published> arrived = new ArrayList<>();
    private final Set<String> doubtfulKeys = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private long pairs;
    private long incomplete;

    /** @param patient whether nobody can be silenced, so that every record must be complete */
    Oracle(Execution execution, Scope scope, boolean patient, long seed) {
        this.execution = execution;
        this.scope = scope;
        this.patient = patient;
        this.seed = seed;
    }

    /** How many concurrent pairs there were. */
    long pairs() {
        return pairs;
    }

    /** The log lost this record: what its key's siblings are can no longer be told. */
    void lost(Arrival arrival) {
        arrival.event().key().ifPresent(doubtfulKeys::add);
    }

    /** How many records said that they are incomplete. */
    long incomplete() {
        return incomplete;
    }

    void check(Arrival arrival, Outcome outcome) {
        checkSilences(arrival, outcome);
        if (arrival.genuine().isEmpty()) {
            assertThat(outcome).as("seed %d: %s", seed, arrival).isInstanceOf(Outcome.Refused.class);
            return;
        }
        assertThat(outcome).as("seed %d: %s", seed, arrival).isNotInstanceOf(Outcome.Refused.class);
        if (!arrival.genuine().get().isEvent()) {
            assertThat(outcome).as("seed %d: %s", seed, arrival).isInstanceOf(Outcome.NoEvent.class);
            return;
        }
        // Offsets of the arrival: a foreign log is read in another order than it was written.
        Published event = new Published(
                arrival.event(),
                arrival.partition(),
                arrival.offset(),
                arrival.logTimeMs(),
                arrival.genuine().get().index());
        Optional<Conflict> conflict =
                outcome instanceof Outcome.Recorded recorded ? Optional.of(recorded.conflict()) : Optional.empty();
        checkRuns(event, conflict);
        if (scope == Scope.KEY) {
            checkSiblings(event, conflict);
        }
        arrived.add(event);
    }

    /** Who is silent is so until he speaks, which is said once, and nobody is when nobody's patience ends. */
    private void checkSilences(Arrival arrival, Outcome outcome) {
        boolean returns = arrival.genuine().isPresent()
                && silent.contains(arrival.event().process().toString());
        for (Anomaly notice : outcome.notices()) {
            String process = notice.evidence().get("process");
            switch (notice.kind()) {
                case OBSOLETE ->
                    assertThat(!patient && silent.add(process))
                            .as("seed %d: %s", seed, notice)
                            .isTrue();
                case UNSEEN_CAUSE -> {
                    assertThat(returns
                                    && process.equals(arrival.event().process().toString()))
                            .as("seed %d: %s", seed, notice)
                            .isTrue();
                    silent.remove(process);
                    returns = false;
                }
                default ->
                    assertThat(notice.kind()).as("seed %d: %s", seed, notice).isNull();
            }
        }
        assertThat(returns).as("seed %d: returned unnoticed: %s", seed, arrival).isFalse();
    }

    private void checkRuns(Published event, Optional<Conflict> conflict) {
        Set<Dot> expected = new HashSet<>();
        for (Published other : arrived) {
            if (inScope(event, other) && execution.concurrent(event, other)) {
                expected.add(other.event().dot());
            }
        }
        pairs += expected.size();
        Set<Dot> reported = new HashSet<>();
        conflict.ifPresent(found -> found.runs().forEach(run -> expand(event, run, reported)));
        if (conflict.isEmpty() || conflict.get().complete()) {
            assertThat(reported).as("seed %d, scope %s: %s", seed, scope, event).isEqualTo(expected);
        } else {
            incomplete++;
            assertThat(patient)
                    .as("seed %d: complete, as nobody is ever silent: %s", seed, conflict)
                    .isFalse();
            assertThat(expected).as("seed %d, scope %s: %s", seed, scope, event).containsAll(reported);
        }
    }

    private boolean inScope(Published a, Published b) {
        return scope == Scope.ALL
                || (a.event().key().isPresent()
                        && a.event().key().equals(b.event().key()));
    }

    private void expand(Published event, Run run, Set<Dot> reported) {
        Published last = null;
        Published first = null;
        long length = 0;
        for (Published other : arrived) {
            if (inScope(event, other)
                    && other.event().process().equals(run.process())
                    && other.partition() == run.firstPartition()
                    && other.event().counter() >= run.firstCounter()
                    && other.event().counter() <= run.lastCounter()) {
                assertThat(reported.add(other.event().dot()))
                        .as("seed %d: twice", seed)
                        .isTrue();
                first = first == null ? other : first;
                last = other;
                length++;
            }
        }
        assertThat(length).as("seed %d: %s", seed, run).isEqualTo(run.length()).isPositive();
        assertThat(first.event().counter()).isEqualTo(run.firstCounter());
        assertThat(first.offset()).isEqualTo(run.firstOffset());
        assertThat(last.offset()).isEqualTo(run.lastOffset());
        assertThat(run.witness())
                .as("seed %d: %s", seed, run)
                .isEqualTo(last.event().clock().orElseThrow().get(event.event().process()))
                .isLessThan(event.event().counter());
    }

    private void checkSiblings(Published event, Optional<Conflict> conflict) {
        if (event.event().key().isEmpty()) {
            return;
        }
        String key = event.event().key().get();
        conflict.filter(found -> !found.complete()).ifPresent(found -> doubtfulKeys.add(key));
        if (doubtfulKeys.contains(key)) {
            return; // Siblings that were forgotten cannot be told of to one who did not know them.
        }
        List<Published> before =
                maximal(arrived.stream().filter(e -> inScope(event, e)).toList());
        List<Dot> resolved = before.stream()
                .filter(sibling -> execution.happenedBefore(sibling, event))
                .map(sibling -> sibling.event().dot())
                .toList();
        if (conflict.isEmpty()) {
            assertThat(resolved).as("seed %d: %s", seed, event).hasSizeLessThanOrEqualTo(1);
            return;
        }
        List<Published> with = new ArrayList<>(before);
        with.add(event);
        assertThat(conflict.get().resolves()).as("seed %d: %s", seed, event).isEqualTo(resolved);
        assertThat(conflict.get().siblings().stream().map(EventRef::dot).toList())
                .as("seed %d: %s", seed, event)
                .isEqualTo(maximal(with).stream().map(s -> s.event().dot()).toList());
        assertThat(conflict.get().status())
                .isEqualTo(conflict.get().runs().isEmpty() ? Conflict.Status.RESOLVED : Conflict.Status.CONCURRENT);
    }

    private List<Published> maximal(List<Published> events) {
        return events.stream()
                .filter(e -> events.stream().noneMatch(other -> execution.happenedBefore(e, other)))
                .toList();
    }

    /** At the end exactly the skipped counters are missing, and no cause is unseen. */
    void checkMissing(List<Arrival> arrivals, List<Anomaly> reported, Anomaly.Kind gap) {
        if (scope == Scope.KEY) {
            assertThat(reported).as("one partition knows nothing of the others").isEmpty();
            return;
        }
        Map<String, TreeSet<Long>> counters = new HashMap<>();
        arrivals.stream().flatMap(arrival -> arrival.genuine().stream()).forEach(record -> {
            TreeSet<Long> seen =
                    counters.computeIfAbsent(record.event().process().toString(), p -> new TreeSet<>());
            if (record.isEvent()) {
                seen.add(record.event().counter());
            }
        });
        Set<String> expected = new HashSet<>();
        counters.forEach((process, seen) -> {
            long next = 1;
            for (long counter : seen) {
                if (counter > next) {
                    expected.add(process + ":" + next + ".." + (counter - 1));
                }
                next = counter + 1;
            }
        });
        Set<String> found = new HashSet<>();
        reported.forEach(anomaly -> {
            assertThat(anomaly.kind()).as("seed %d: %s", seed, anomaly).isEqualTo(gap);
            found.add(
                    anomaly.evidence().get("process") + ":" + anomaly.evidence().get("first") + ".."
                            + anomaly.evidence().get("last"));
        });
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }
}
