package io.antichain.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.order.Message;
import io.antichain.cli.verify.RandomLog.Stored;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check itself, held against a comparison of every two events; and faults put in on purpose. */
class VerificationAgainstAllPairsTest {
    private static final int SEEDS = Integer.getInteger("antichain.test.seeds", 200);
    private static final int[] WINDOWS = {5, 20, 60, VerifyLimits.DEFAULT_WINDOW};

    private Random random;
    private RandomLog log;
    private Scope scope;
    /** Whether the records were brought together in a topic between. */
    private boolean isBrought;

    private VerifyLimits limits;
    private List<Conflict> records;
    private List<Anomaly> anomalies;

    /** Faults that were put in, by kind. */
    private final Map<String, Integer> planted = new TreeMap<>();

    @ParameterizedTest
    @CsvSource({
        "ALL, 1, 1, false, 7",
        "KEY, 1, 1, false, 7",
        "KEY, 1, 3, false, 7",
        "ALL, 2, 3, true, 7",
        "ALL, 1, 3, true, 7",
        "KEY, 1, 3, true, 7"
    })
    void recordsByTheDefinitionHoldAndEveryPlantedFaultIsFound(
            Scope of, int topics, int partitions, boolean together, int kinds) {
        scope = of;
        isBrought = together;
        for (long seed = 1; seed <= SEEDS; seed++) {
            random = new Random(seed);
            log = new RandomLog(random, topics, partitions);
            int window = WINDOWS[random.nextInt(WINDOWS.length)];
            limits = new VerifyLimits(window, Gateway.DEFAULT_MAX_CLOCK_WIDTH, RandomLog.JUMP);
            Map<Integer, AllPairs> streams = new TreeMap<>();
            log.arrived().forEach(stored -> streams.computeIfAbsent(
                            stream(stored), partition -> new AllPairs(random, scope, window))
                    .take(stored));
            records = new ArrayList<>();
            anomalies = new ArrayList<>();
            streams.values().forEach(stream -> records.addAll(stream.records));
            streams.values().forEach(stream -> anomalies.addAll(stream.anomalies));
            String named = "seed " + seed + ", window " + window;
            Verification right = verified(records, anomalies);
            assertThat(right.holds()).as("%s: %s", named, right).isTrue();
            assertThat(right.concurrentPairs())
                    .as("%s: %s", named, right)
                    .isEqualTo(
                            streams.values().stream().mapToLong(AllPairs::pairs).sum());
            if (streams.values().stream().noneMatch(stream -> stream.isRepeated)) {
                assertThat(right.beyond())
                        .as("%s: %s", named, right)
                        .isEqualTo(right.concurrentPairs() - right.reportedPairs());
            }
            streams.values().forEach(stream -> plant(stream, named));
        }
        System.out.println("verify, scope " + scope + ", " + topics + " topics, " + partitions + " partitions"
                + (isBrought ? ", brought together" : "") + ": faults planted and found " + planted);
        assertThat(planted).hasSize(kinds);
        // Where topics mirror each other, most executions repeat events, and are left alone.
        long least = isBrought && topics > 1 ? 0 : SEEDS / 50;
        assertThat(planted.values()).allMatch(count -> count > least);
    }

    private void plant(AllPairs stream, String named) {
        if (stream.records.isEmpty() || stream.isRepeated) {
            return;
        }
        int chosen = random.nextInt(stream.records.size());
        Conflict record = stream.records.get(chosen);
        int within = stream.within.get(chosen);
        if (within > 0) {
            Verification lacking = verified(without(record), anomalies);
            assertFound("record lacks", lacking, named + ": " + record);
            assertThat(lacking.missingPairs()).as(named).isEqualTo(within);
        }
        Verification twice = verified(with(record, record, record), anomalies);
        assertFound("record twice", twice, named + ": " + record);
        assertThat(twice.duplicates()).as(named).isEqualTo(1);
        Run run = record.runs().get(random.nextInt(record.runs().size()));
        List<Run> fewer = new ArrayList<>(record.runs());
        fewer.remove(run);
        if (within == record.pairs()) {
            Verification shorter = verified(with(record, changed(record, fewer, record.complete())), anomalies);
            assertFound("run lacks", shorter, named + ": " + record + " without " + run);
            assertThat(shorter.missingPairs()).as(named).isEqualTo(run.length());
        }
        plantExtra(record, fewer, run, named);
        if (stream.leftOut.get(chosen) > 0) {
            Verification boasting = verified(with(record, changed(record, record.runs(), true)), anomalies);
            assertFound("falsely complete", boasting, named + ": " + record);
            assertThat(boasting.falselyComplete()).as(named).isEqualTo((long) stream.leftOut.get(chosen));
        }
        Anomaly refusal = new Anomaly(Anomaly.Kind.CLOCK_TOO_FAR, Optional.of(record.event()), "", Map.of());
        List<Anomaly> more = new ArrayList<>(anomalies);
        more.add(refusal);
        Verification doubted = verified(records, more);
        assertFound("refused for nothing", doubted, named + ": " + record);
        assertThat(doubted.unconfirmed())
                .as(named)
                .containsExactly(record.event().dot());
    }

    private void plantExtra(Conflict record, List<Run> fewer, Run run, String named) {
        List<Run> longer = new ArrayList<>(fewer);
        longer.add(new Run(
                run.process(),
                run.firstCounter(),
                run.lastCounter() + 100,
                run.first(),
                run.last(),
                run.length() + 100,
                run.witness(),
                List.of()));
        assertFound(
                "run too long", verified(with(record, changed(record, longer, record.complete())), anomalies), named);
        Optional<Stored> ordered = log.records().stream()
                .filter(stored -> record.event().clock().includes(stored.event().dot())
                        && stored.event().key().equals(record.key().or(stored.event()::key)))
                .findAny();
        if (ordered.isPresent()) {
            List<Run> more = new ArrayList<>(record.runs());
            more.add(AllPairs.run(List.of(ordered.get())));
            assertFound(
                    "ordered pair", verified(with(record, changed(record, more, record.complete())), anomalies), named);
        }
    }

    private void assertFound(String fault, Verification verification, String named) {
        assertThat(verification.holds())
                .as("%s, %s: %s", fault, named, verification)
                .isFalse();
        planted.merge(fault, 1, Integer::sum);
    }

    private List<Conflict> without(Conflict record) {
        return with(record);
    }

    /** The records, with these in the place of one. */
    private List<Conflict> with(Conflict record, Conflict... others) {
        List<Conflict> changed = new ArrayList<>();
        records.forEach(one -> changed.addAll(one == record ? List.of(others) : List.of(one)));
        return changed;
    }

    private static Conflict changed(Conflict record, List<Run> runs, boolean complete) {
        return new Conflict(
                record.scope(),
                record.key(),
                record.status(),
                record.event(),
                runs,
                record.resolves(),
                record.siblings(),
                complete);
    }

    private int stream(Stored stored) {
        return isBrought && scope == Scope.ALL ? 0 : stored.partition();
    }

    /** In the order of arrival, as it stands in the topic between. */
    private void bring(VerifiedLog events) {
        TreeMap<Integer, List<Stored>> streams = new TreeMap<>();
        log.arrived().forEach(stored -> streams.computeIfAbsent(stream(stored), first -> new ArrayList<>())
                .add(stored));
        streams.keySet().forEach(partition -> events.begin("order", partition, 0));
        streams.forEach((partition, arrived) -> {
            for (int i = 0; i < arrived.size(); i++) {
                Stored stored = arrived.get(i);
                events.add(
                        new Message(stored.event(), 0, true, Optional.of(stored.position()), Optional.empty()),
                        "order",
                        partition,
                        3L * i);
            }
        });
    }

    private Verification verified(List<Conflict> conflicts, List<Anomaly> doubts) {
        VerifiedLog events = new VerifiedLog(scope, limits);
        if (isBrought) {
            bring(events);
        } else {
            read(events);
        }
        doubts.forEach(events::doubt);
        Comparison comparison = new Comparison(events);
        conflicts.forEach(comparison::take);
        return comparison.finish(false, List.of());
    }

    private void read(VerifiedLog events) {
        log.records().stream()
                .map(stored -> stored.topic() + "/" + stored.partition())
                .distinct()
                .forEach(place -> events.begin(place.split("/")[0], Integer.parseInt(place.split("/")[1]), 0));
        log.records()
                .forEach(stored -> events.add(
                        stored.event(), stored.topic(), stored.partition(), stored.offset(), Optional.empty()));
    }
}
