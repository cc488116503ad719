package io.antichain.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.cli.access.HttpAccess;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicsCheck;
import io.antichain.cli.scenario.Expectation;
import io.antichain.cli.scenario.Scenario;
import io.antichain.cli.scenario.ScenarioReport;
import io.antichain.cli.scenario.ScenarioRunner;
import io.antichain.cli.scenario.Scenarios;
import io.antichain.cli.scenario.SentMessage;
import io.antichain.cli.verify.Verification;
import java.time.Duration;
import java.util.List;

/** What people do with a running system, checked: run a scenario, read the conflicts, compare with the definition. */
final class MainJob {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private MainJob() {}

    static void run(DemoSystem system, String scenarioName) {
        long pairsBefore = verified(system).concurrentPairs();
        Scenario scenario = Scenarios.named(scenarioName);
        List<SentMessage> sent = new ScenarioRunner(scenario, system.nodeUrls(), HttpAccess.OPEN, 1).run();
        ScenarioReport report = ScenarioReport.of(scenario, sent);
        assertThat(report.violation()).as(scenarioName).isEmpty();
        Verification verification = verified(system);
        assertThat(verification.holds())
                .as("%s: %s", scenarioName, verification)
                .isTrue();
        assertThat(verification.concurrentPairs() - pairsBefore)
                .as("%s: pairs by the topics and by the nodes' answers", scenarioName)
                .isEqualTo(report.concurrentPairs());
        if (scenario.expectation() != Expectation.NONE) {
            assertThat(report.concurrentPairs()).as(scenarioName).isPositive();
            assertThat(new StoredLog(system.cluster()).conflicts()).isNotEmpty();
        }
    }

    static Verification verified(DemoSystem system) {
        return new TopicsCheck(system.cluster()).run(TIMEOUT);
    }
}
