package io.antichain.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.cli.faults.Schedule.Kind;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicsCheck;
import io.antichain.cli.verify.Verification;
import io.antichain.schemas.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code mvn -B verify -Pfaults -Dfaults.analyzer.minutes=M -Dfaults.seed=S}. */
class AnalyzerFaultsIT {
    private static final Duration DONE_WITHIN = Duration.ofMinutes(5);

    /** How many of a kind there must have been in each minute, at least, for the run to prove anything. */
    private static final Map<Kind, Double> LEAST_A_MINUTE =
            Map.of(Kind.KILL, 4.0, Kind.STOP, 1.0, Kind.LEAVE, 2.0, Kind.BROKER_KILL, 1.0);

    private final Path folder = Files.createTempDirectory("antichain-analyzer-faults");
    private final List<String> violations = new ArrayList<>();

    AnalyzerFaultsIT() throws Exception {}

    @Test
    void everyPairIsReportedOnceWhateverHappensToTwoAnalyzersOfEachScope() throws Exception {
        double minutes = Double.parseDouble(System.getProperty("faults.analyzer.minutes", "1"));
        long seed = Long.parseLong(System.getProperty("faults.seed", "" + System.nanoTime() % 1_000_000));
        System.out.println("faults: analyzer, minutes=" + minutes + ", seed=" + seed);
        List<ProgramLives> slots = new ArrayList<>();
        try (FaultyBroker broker = new FaultyBroker(folder)) {
            Cluster all = broker.cluster("all.", 1);
            Cluster key = broker.cluster("key.", 6);
            List<String> options = ProgramLives.archivedBy(arguments(broker, all, Scope.ALL, "pattern"), folder);
            for (String instance : List.of("1", "2")) {
                slots.add(slot(broker, all, Scope.ALL, instance, options));
                slots.add(slot(broker, key, Scope.KEY, instance, options));
            }
            AnalyzerFaultRun run = new AnalyzerFaultRun(broker, slots);
            StampedLoad load = new StampedLoad(seed, List.of(all, key));
            try (load) {
                run.run(Schedule.ofAnalyzers(seed, slots.size(), Math.round(minutes * 60_000)));
            }
            violations.addAll(run.violations());
            check(load.lost() == 0, "The load gets into the topics: lost=" + load.lost());
            judge(all, Scope.ALL, load.messages());
            judge(key, Scope.KEY, load.messages());
            happenedEnough(run.happened(), minutes);
            slots.forEach(slot -> System.out.println("faults: analyzer " + slot.name() + " started "
                    + slot.lives().size() + " times"));
            assertThat(violations).as("seed=%s, logs in %s", seed, folder).isEmpty();
        } finally {
            slots.forEach(ProgramLives::killAll);
        }
    }

    private ProgramLives slot(
            FaultyBroker broker, Cluster cluster, Scope scope, String instance, List<String> options) {
        List<String> arguments = arguments(broker, cluster, scope, instance);
        ProgramLives slot = new ProgramLives(name(scope) + "-" + instance, options, life -> arguments, folder);
        slot.start();
        return slot;
    }

    private List<String> arguments(FaultyBroker broker, Cluster cluster, Scope scope, String instance) {
        List<String> arguments = new ArrayList<>(List.of("analyzer", "--scope", name(scope)));
        arguments.addAll(broker.flags());
        arguments.addAll(List.of("--topic-prefix", cluster.topics().prefix(), "--instance-id", instance));
        arguments.addAll(List.of("--state-dir", folder.resolve("state").toString()));
        return arguments;
    }

    private static String name(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    private void judge(Cluster cluster, Scope scope, int messages) {
        Verification verification = new TopicsCheck(cluster, scope).run(DONE_WITHIN);
        Set<String> ids = new HashSet<>();
        List<String> repeated = new ArrayList<>();
        new StoredLog(cluster).conflicts((conflict, logTimeMs) -> {
            if (!ids.add(conflict.id())) {
                repeated.add(conflict.id());
            }
        });
        System.out.println("faults: scope " + name(scope) + ": " + messages + " messages, " + ids.size()
                + " conflict records, " + repeated.size() + " twice, " + verification.concurrentPairs()
                + " concurrent pairs, " + verification.reportedPairs() + " reported, " + verification.missingPairs()
                + " missing, " + verification.extraPairs() + " extra, " + verification.incomplete() + " incomplete, "
                + verification.refused() + " refused, "
                + verification.unconfirmed().size() + " for no reason that shows");
        check(verification.events() == messages, "Every message is in the log: " + verification);
        check(verification.concurrentPairs() > 0, "There are conflicts to be found: " + verification);
        check(verification.holds(), "The conflicts are those of the definition: " + verification);
        check(verification.beyond() == 0, "The window holds the whole load: " + verification);
        check(verification.refused() == 0, "Nothing was refused: " + verification);
        check(repeated.isEmpty(), "No conflict record is there twice: scope=" + scope + ", ids=" + repeated);
    }

    private void happenedEnough(Map<Kind, Integer> happened, double minutes) {
        System.out.println("faults: analyzers: " + happened);
        LEAST_A_MINUTE.forEach((kind, least) -> check(
                happened.getOrDefault(kind, 0) >= Math.round(least * minutes),
                "Enough must go wrong: kind=" + kind + ", times=" + happened.getOrDefault(kind, 0) + ", least="
                        + Math.round(least * minutes)));
    }

    private void check(boolean holds, String sentence) {
        if (!holds) {
            violations.add(sentence);
        }
    }
}
