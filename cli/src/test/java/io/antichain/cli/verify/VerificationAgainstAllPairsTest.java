package io.antichain.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check itself, held against a comparison of every two events; and faults put in on purpose. */
class VerificationAgainstAllPairsTest {
    private static final int SEEDS = 400;

    private record Stored(Event event, int partition, long offset) {}

    @ParameterizedTest
    @EnumSource(Scope.class)
    void recordsByTheDefinitionHoldAndEveryPlantedFaultIsFound(Scope scope) {
        int faults = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            List<Stored> log = randomLog(random, scope == Scope.ALL ? 1 : 3);
            List<Conflict> records = records(log, scope);
            long pairs = records.stream().mapToLong(Conflict::pairs).sum();
            Verification right = verified(log, records, scope);
            assertThat(right.holds()).as("seed %d: %s", seed, right).isTrue();
            assertThat(right.concurrentPairs()).as("seed %d", seed).isEqualTo(pairs);
            assertThat(right.reportedPairs()).as("seed %d", seed).isEqualTo(pairs);
            if (!records.isEmpty()) {
                faults++;
                assertFound(log, records, scope, seed, random);
            }
        }
        assertThat(faults).isGreaterThan(SEEDS / 2);
    }

    private static void assertFound(List<Stored> log, List<Conflict> records, Scope scope, long seed, Random random) {
        int chosen = random.nextInt(records.size());
        Conflict record = records.get(chosen);
        List<Conflict> lacking = new ArrayList<>(records);
        lacking.remove(chosen);
        assertThat(verified(log, lacking, scope).missingPairs())
                .as("seed %d: without %s", seed, record)
                .isEqualTo(record.pairs());
        List<Conflict> repeated = new ArrayList<>(records);
        repeated.add(random.nextInt(records.size()), record);
        Verification twice = verified(log, repeated, scope);
        assertThat(twice.duplicates()).as("seed %d: twice %s", seed, record).isEqualTo(1);
        assertThat(twice.extraPairs()).as("seed %d: twice %s", seed, record).isEqualTo(record.pairs());
        Run run = record.runs().get(random.nextInt(record.runs().size()));
        List<Run> fewer = new ArrayList<>(record.runs());
        fewer.remove(run);
        Verification shortened = verified(log, with(records, chosen, fewer), scope);
        assertThat(shortened.missingPairs())
                .as("seed %d: %s without %s", seed, record, run)
                .isEqualTo(run.length());
        assertThat(shortened.extraPairs()).isZero();
        List<Run> longer = new ArrayList<>(fewer);
        longer.add(new Run(
                run.process(),
                run.firstPartition(),
                run.firstCounter(),
                run.lastCounter() + 1,
                run.firstOffset(),
                run.lastOffset(),
                run.length() + 1,
                run.witness()));
        Verification boasting = verified(log, with(records, chosen, longer), scope);
        assertThat(boasting.extraPairs())
                .as("seed %d: %s with one more", seed, run)
                .isEqualTo(1);
        assertThat(boasting.missingPairs()).isZero();
    }

    private static List<Conflict> with(List<Conflict> records, int chosen, List<Run> runs) {
        List<Conflict> changed = new ArrayList<>(records);
        Conflict record = records.get(chosen);
        changed.set(
                chosen,
                new Conflict(
                        record.scope(),
                        record.key(),
                        record.status(),
                        record.event(),
                        runs,
                        record.resolves(),
                        record.siblings(),
                        record.complete()));
        return changed;
    }

    private static Verification verified(List<Stored> log, List<Conflict> records, Scope scope) {
        VerifiedLog events = new VerifiedLog(scope);
        log.forEach(stored -> events.add(stored.event(), stored.partition(), stored.offset()));
        Comparison comparison = new Comparison(events);
        records.forEach(comparison::take);
        return comparison.finish(false);
    }

    /** By comparing every event with all that stand before it in its partition. */
    private static List<Conflict> records(List<Stored> log, Scope scope) {
        List<Conflict> records = new ArrayList<>();
        for (Stored later : log) {
            List<Run> runs = new ArrayList<>();
            log.stream().map(stored -> stored.event().process()).distinct().forEach(process -> {
                List<Stored> concurrent = log.stream()
                        .filter(stored -> stored.event().process().equals(process)
                                && !process.equals(later.event().process())
                                && stored.partition() == later.partition()
                                && stored.offset() < later.offset()
                                && (scope == Scope.ALL
                                        || stored.event()
                                                .key()
                                                .equals(later.event().key()))
                                && !knows(later, stored)
                                && !knows(stored, later))
                        .toList();
                if (!concurrent.isEmpty()) {
                    Stored first = concurrent.get(0);
                    Stored last = concurrent.get(concurrent.size() - 1);
                    runs.add(new Run(
                            process,
                            later.partition(),
                            first.event().counter(),
                            last.event().counter(),
                            first.offset(),
                            last.offset(),
                            concurrent.size(),
                            0));
                }
            });
            if (!runs.isEmpty()) {
                records.add(new Conflict(
                        scope,
                        scope == Scope.ALL ? Optional.empty() : later.event().key(),
                        Conflict.Status.CONCURRENT,
                        reference(later),
                        runs,
                        List.of(),
                        List.of(),
                        true));
            }
        }
        return records;
    }

    private static boolean knows(Stored one, Stored other) {
        return one.event().clock().orElseThrow().includes(other.event().dot());
    }

    private static EventRef reference(Stored stored) {
        Dot dot = stored.event().dot();
        return new EventRef(
                dot,
                stored.partition(),
                stored.offset(),
                stored.event().clock().orElseThrow(),
                LamportTimestamp.ZERO,
                0);
    }

    /** What processes publish that deliver now and then, in partition and offset order. */
    private static List<Stored> randomLog(Random random, int partitions) {
        int processes = 1 + random.nextInt(6);
        List<Event> published = new ArrayList<>();
        VectorClock[] clocks = new VectorClock[processes];
        int[] positions = new int[processes];
        java.util.Arrays.fill(clocks, VectorClock.empty());
        for (int step = 0; step < 150; step++) {
            int process = random.nextInt(processes);
            if (random.nextBoolean()) {
                for (int n = random.nextInt(8); n > 0 && positions[process] < published.size(); n--) {
                    clocks[process] = clocks[process].merge(
                            published.get(positions[process]++).clock().orElseThrow());
                }
            } else {
                ProcessId id = ProcessId.of("p" + process);
                clocks[process] = clocks[process].tick(id);
                published.add(new Event(
                        id,
                        clocks[process].get(id),
                        Optional.of(clocks[process]),
                        LamportTimestamp.ZERO,
                        Optional.of("key-" + random.nextInt(4)),
                        "",
                        0,
                        Event.Kind.MESSAGE));
            }
        }
        List<Stored> log = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            long offset = 0;
            for (Event event : published) {
                if (partitions == 1 || event.key().orElseThrow().hashCode() % partitions == partition) {
                    log.add(new Stored(event, partition, offset += 2));
                }
            }
        }
        return log;
    }
}
