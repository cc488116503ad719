package io.antichain.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.decode.PairConditions;
import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.cli.faults.Schedule.Kind;
import io.antichain.cli.faults.ServicePlan.Level;
import io.antichain.cli.faults.ServiceTruth.Rules;
import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicsCheck;
import io.antichain.cli.kafka.TopicsExecution;
import io.antichain.cli.verify.Verification;
import io.antichain.cli.verify.VerifyLimits;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvn -B verify -Pfaults -Dfaults.stamping.minutes=M -Dfaults.interceptors.minutes=N -Dfaults.seed=S}. */
class StampingFaultsIT {
    private static final Duration DONE_WITHIN = Duration.ofMinutes(5);
    private static final long MOST_BYTES = 1L << 30;

    /** How many of a kind there must have been in each minute, at least, for the run to prove anything. */
    private static final Map<Kind, Double> LEAST_A_MINUTE =
            Map.of(Kind.KILL, 3.0, Kind.LEAVE, 1.0, Kind.STOP, 1.0, Kind.BROKER_STOP, 1.0, Kind.CUT, 1.0);

    private static final double LEAST_RECORDS_A_MINUTE = 50;
    private static final double LEAST_ABORTED_A_MINUTE = 5;
    private static final double LEAST_REBALANCES_A_MINUTE = 2;

    private final long seed = Long.parseLong(System.getProperty("faults.seed", "" + System.nanoTime() % 1_000_000));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final List<String> violations = new ArrayList<>();
    private final List<ServiceSlot> slots = new ArrayList<>();
    private FaultyBroker broker;
    private Cluster cluster;
    private List<ServiceLife> lives;
    private List<StampedRecord> records;
    private StampCheck stamps;

    @BeforeEach
    void start() throws Exception {
        broker = new FaultyBroker(folder);
        cluster = broker.cluster("stamping.", 1);
        new StampedLog(broker.bootstrap()).create();
    }

    @AfterEach
    void stop() {
        slots.forEach(ServiceSlot::killAll);
        broker.close();
    }

    @Test
    void everyConflictOfWrappedClientsIsTheTrueOneWhateverHappensToThem() throws Exception {
        double minutes = Double.parseDouble(System.getProperty("faults.stamping.minutes", "1"));
        ProgramLives analyzer = new ProgramLives("analyzer", List.of(), life -> analyzerArguments(), folder);
        try {
            analyzer.start();
            let(Level.WRAPPED, minutes, () -> {
                if (!analyzer.current().program().isAlive()) {
                    analyzer.start();
                }
            });
            Verification verification = new TopicsCheck(
                            cluster, StampedLog.TOPICS, Scope.KEY, VerifyLimits.DEFAULT, PairConditions.NONE)
                    .run(DONE_WITHIN);
            check(verification.holds(), "The conflicts are those of the clocks: " + verification);
            check(verification.beyond() == 0, "The window holds the whole log: " + verification);
            check(verification.refused() == 0, "Nothing was refused: " + verification);
        } finally {
            analyzer.killAll();
        }
        ServiceTruth truth = new ServiceTruth(Rules.WRAPPED, lives, records, violations);
        judgeStamps(truth);
        check(stamps.unstamped() == 0, "Each record is stamped: unstamped=" + stamps.unstamped());
        TrueConflictsCheck key = judge("key, analyzer", new StoredLog(cluster).conflicts(), true);
        TrueConflictsCheck all = judge("all, analyze", analyzed().conflicts(), false);
        for (TrueConflictsCheck verdicts : List.of(key, all)) {
            check(verdicts.concurrent() > 0, "There are conflicts to be found: concurrent=" + verdicts.concurrent());
            check(
                    verdicts.unsettled() < verdicts.concurrent() / 10,
                    "The journals settle nearly all: unsettled=" + verdicts.unsettled());
            violations.addAll(verdicts.faults());
        }
        assertThat(violations).as("seed=%s, logs in %s", seed, folder).isEmpty();
    }

    @Test
    void interceptorsHideWhatWasPolledAndForgetWhatWasBeforeAndNothingElse() throws Exception {
        double minutes = Double.parseDouble(System.getProperty("faults.interceptors.minutes", "1"));
        let(Level.INTERCEPTORS, minutes, () -> {});
        // What they claim is, to the event, whole polls and nothing of an earlier life: so whatever deviates from the
        // truth deviates for one of these two reasons.
        judgeStamps(new ServiceTruth(Rules.INTERCEPTORS, lives, records, violations));
        ServiceTruth truth = new ServiceTruth(Rules.WRAPPED, lives, records, violations);
        stamps = new StampCheck(truth, new ArrayList<>());
        TrueConflictsCheck all = judge("all, analyze", analyzed().conflicts(), false);
        check(all.missing() + all.extra() > 0, "There are deviations to be counted: missing=0, extra=0");
        assertThat(violations).as("seed=%s, logs in %s", seed, folder).isEmpty();
    }

    private List<String> analyzerArguments() {
        List<String> arguments = new ArrayList<>(List.of("analyzer", "--scope", "key"));
        arguments.addAll(broker.flags());
        arguments.addAll(List.of("--topics", String.join(",", StampedLog.TOPICS)));
        arguments.addAll(List.of("--topic-prefix", cluster.topics().prefix()));
        arguments.addAll(List.of("--state-dir", folder.resolve("state").toString()));
        return arguments;
    }

    /** Lets services work and faults happen, and reads what they leave. */
    private void let(Level level, double minutes, Runnable always) throws Exception {
        System.out.println("faults: stamping, level=" + level + ", minutes=" + minutes + ", seed=" + seed);
        ServiceSlot.Launch launch = ServiceSlot.archived(
                new ServiceSlot.Launch(level, broker.bootstrap(), ServiceClassPath.in(folder), List.of(), seed),
                folder);
        ServicePlan.all().forEach(plan -> slots.add(new ServiceSlot(plan, launch, folder)));
        long lengthMs = Math.round(minutes * 60_000);
        ServiceFaultRun run = new ServiceFaultRun(broker, slots, always);
        check(
                run.run(Schedule.ofServices(seed, slots.size(), lengthMs), lengthMs),
                "Every service ends when it is told to");
        lives = ServiceLife.in(folder);
        records = new StampedLog(broker.bootstrap()).read();
        acknowledgedIsThere();
        report(run, minutes);
    }

    private void acknowledgedIsThere() {
        Set<String> values = new HashSet<>();
        records.forEach(
                record -> check(values.add(record.value()), "A record is in the log once: record=" + record.value()));
        lives.stream()
                .flatMap(life -> life.values("acknowledged"))
                .forEach(value -> check(values.contains(value), "What was acknowledged is in the log: " + value));
    }

    private void report(ServiceFaultRun run, double minutes) {
        Map<Kind, Integer> happened = run.happened();
        long aborted = lives.stream().mapToLong(life -> life.count("aborted")).sum();
        long expired = lives.stream()
                .flatMap(life -> life.lines().stream())
                .filter(line ->
                        line.what().equals("failed") && line.words().get(1).equals("TimeoutException"))
                .count();
        Set<String> values = records.stream().map(StampedRecord::value).collect(Collectors.toSet());
        long landed = lives.stream()
                .flatMap(life -> life.values("failed"))
                .filter(values::contains)
                .count();
        long rebalances =
                lives.stream().mapToLong(life -> life.count("assigned")).sum();
        System.out.println("faults: stamping: " + records.size() + " records, " + aborted + " transactions aborted, "
                + rebalances + " assignments by rebalances, " + expired + " records expired, " + landed
                + " given up that stand in the log, " + lives.size() + " lives, of which " + run.endedByThemselves()
                + " ended by themselves; " + happened);
        LEAST_A_MINUTE.forEach((kind, least) -> least(kind.name(), happened.getOrDefault(kind, 0), least * minutes));
        least("records", records.size(), LEAST_RECORDS_A_MINUTE * minutes);
        least("aborted transactions", aborted, LEAST_ABORTED_A_MINUTE * minutes);
        // In a run of a minute or two, chance may have it that no batch waits for longer than it lives.
        least("expired records", expired, minutes - 2);
        least("rebalances", rebalances, LEAST_REBALANCES_A_MINUTE * minutes);
        check(run.lives() < ServiceFaultRun.MOST_LIVES, "Clocks fit into metadata: lives=" + run.lives());
    }

    private void least(String what, long times, double least) {
        check(
                times >= Math.floor(least),
                "Enough must go wrong: what=" + what + ", times=" + times + ", least=" + least);
    }

    private void judgeStamps(ServiceTruth truth) {
        stamps = new StampCheck(truth, violations);
        System.out.println(
                "faults: stamping: " + stamps.dotsTwice() + " dots used twice, " + stamps.unstamped() + " unstamped");
    }

    private TrueConflictsCheck judge(String scope, List<Conflict> conflicts, boolean isByKey) {
        TrueConflictsCheck verdicts = new TrueConflictsCheck(stamps.byDot(), conflicts).run(isByKey);
        System.out.println("faults: stamping, scope " + scope + ": " + conflicts.size() + " conflict records, "
                + verdicts.concurrent() + " pairs by the truth, " + verdicts.reported() + " reported, "
                + verdicts.missing() + " missing, " + verdicts.extra() + " extra, " + verdicts.unsettled()
                + " left open by the journals");
        return verdicts;
    }

    /** What {@code analyze --topics} finds: any two events can conflict, whatever their partition. */
    private ExecutionAnalysis analyzed() {
        LoggedExecution execution = new TopicsExecution(cluster, MOST_BYTES, read -> {}).read(StampedLog.TOPICS);
        return ExecutionAnalysis.of(execution);
    }

    private void check(boolean holds, String sentence) {
        if (!holds) {
            violations.add(sentence);
        }
    }
}
