package io.antichain.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.cli.kafka.StoredEvent;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicsCheck;
import io.antichain.cli.verify.Verification;
import io.antichain.schemas.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code mvn -B verify -Pfaults -Dfaults.minutes=M -Dfaults.seed=S}. */
class FaultsIT {
    private static final int NODES = 4;
    private static final Duration ANALYZER_WITHIN = Duration.ofMinutes(5);

    @Test
    void nothingIsLostOrRestampedAndEveryVerdictIsTrueWhateverGoesWrong() throws Exception {
        double minutes = Double.parseDouble(System.getProperty("faults.minutes", "2"));
        long seed = Long.parseLong(System.getProperty("faults.seed", "" + System.nanoTime() % 1_000_000));
        System.out.println("faults: minutes=" + minutes + ", seed=" + seed);
        Path folder = Files.createTempDirectory("antichain-faults");
        Schedule schedule = Schedule.ofNodes(seed, NODES, Math.round(minutes * 60_000));
        try (FaultySystem system = new FaultySystem(folder, NODES);
                Load load = new Load()) {
            system.slots().forEach(slot -> load.to(() -> slot.current().port(), 400, 4));
            FaultRun run = new FaultRun(system, schedule);
            run.run();
            load.close();
            TimeUnit.SECONDS.sleep(5);
            system.leave();
            List<String> violations = judge(system, load, folder);
            violations.addAll(run.violations());
            report(system, load, run);
            assertThat(violations).as("seed=%s, logs in %s", seed, folder).isEmpty();
        }
    }

    private static List<String> judge(FaultySystem system, Load load, Path folder) throws Exception {
        Verification verification = new TopicsCheck(system.cluster()).run(ANALYZER_WITHIN);
        List<StoredEvent> messages = new StoredLog(system.cluster())
                .events().stream()
                        .filter(stored -> stored.event().kind() == Event.Kind.MESSAGE)
                        .toList();
        System.out.println("faults: " + messages.size() + " messages in the log, "
                + load.acknowledged().size()
                + " acknowledged of " + load.sent() + " sent, answers by status " + load.byStatus() + "; "
                + verification.concurrentPairs() + " concurrent pairs, " + verification.reportedPairs() + " reported, "
                + verification.missingPairs() + " missing, " + verification.extraPairs() + " extra");
        assertThat(messages).isNotEmpty();
        return new ArrayList<>(
                new TrueOrderCheck(messages).violations(load.acknowledged(), Journals.in(folder), verification));
    }

    private static void report(FaultySystem system, Load load, FaultRun run) {
        System.out.println("faults: " + run.happened() + "; analyzer started " + system.analyzerStarts() + " times");
        System.out.println("faults: fenced to exit, ms: " + run.fencedMs() + "; start of a program to ready, ms: "
                + summary(run.restartMs()));
    }

    private static String summary(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.isEmpty()
                ? "none"
                : "n=" + sorted.size() + " p50=" + sorted.get(sorted.size() / 2) + " p90="
                        + sorted.get(sorted.size() * 9 / 10) + " max=" + sorted.get(sorted.size() - 1);
    }
}
