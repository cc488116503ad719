package io.antichain.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.analyzer.http.Calls;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a running analyzer exposes, held against what documents, dashboard and alerts say of it. */
class AnalyzerMetricsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;

    private static TestCluster cluster;

    private Topics topics;
    private TestLog log;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start(folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        topics = new Topics(test.getTestMethod().orElseThrow().getName() + ".");
        log = new TestLog(cluster.client(), topics);
    }

    @Test
    void theMetricsAreThoseThatTheDocumentNames() throws Exception {
        log.create(1);
        try (Analyzer analyzer = Analyzer.start(settings())) {
            log.publish(
                    topics.events(), 0, List.of(TestLog.message("a", 1, "{a=1}"), TestLog.message("b", 1, "{b=1}")));
            log.publishBytes(topics.events(), 0, List.of("no Avro".getBytes(StandardCharsets.UTF_8)));
            await().atMost(LONG).untilAsserted(() -> assertThat(metrics(analyzer))
                    .contains(
                            "antichain_analyzer_window_events 2.0",
                            "antichain_analyzer_dead_letters_total{reason=\"NOT_FRAMED\"} 1.0"));
            String metrics = metrics(analyzer);
            Set<String> exported = found("(?m)^# TYPE (antichain_\\S+) ", metrics);
            exported.remove("antichain_analyzer_latency_seconds_max");
            assertThat(exported)
                    .isEqualTo(
                            found("(?m)^\\| `(antichain_[a-z_]+)`", Files.readString(Path.of("../docs/metrics.md"))));
            assertThat(metrics)
                    .contains(
                            "antichain_analyzer_events_total 2.0",
                            "antichain_analyzer_conflicts_total 1.0",
                            "antichain_analyzer_pairs_total 1.0",
                            "antichain_analyzer_dead_letters_total{reason=\"NOT_FRAMED\"} 1.0");
        }
    }

    @Test
    void recordsAreCountedWhereTheyStandAndNotAgainWhereTheyAreBroughtTogether() throws Exception {
        log.create(2);
        try (Analyzer analyzer = Analyzer.start(settings())) {
            log.publish(topics.events(), 0, List.of(TestLog.message("a", 1, "{a=1}")));
            log.publish(topics.events(), 1, List.of(TestLog.message("b", 1, "{b=1}")));
            await().atMost(LONG).untilAsserted(() -> assertThat(metrics(analyzer))
                    .contains("antichain_analyzer_window_events 2.0", "antichain_analyzer_events_total 2.0"));
            assertThat(metrics(analyzer))
                    .containsPattern("antichain_analyzer_records_total\\{[^}]*topic=\"" + topics.events() + "\"} 2.0")
                    .doesNotContain(
                            "topic=\"" + topics.order(Scope.ALL) + "\",stamped",
                            "stamped=\"true\",topic=\"" + topics.order(Scope.ALL));
        }
    }

    @Test
    void dashboardAndAlertsAskForMetricsThatThereAreAndTheDashboardForAll() throws Exception {
        String dashboard = Files.readString(Path.of("../ops/dashboard.json"));
        String alerts = Files.readString(Path.of("../ops/alerts.yaml"));
        log.create(1);
        try (Analyzer analyzer = Analyzer.start(settings())) {
            log.publish(
                    topics.events(), 0, List.of(TestLog.message("a", 1, "{a=1}"), TestLog.message("b", 1, "{b=1}")));
            await().atMost(LONG).untilAsserted(() -> assertThat(metrics(analyzer))
                    .contains("antichain_analyzer_window_events 2.0"));
            String metrics = metrics(analyzer);
            Set<String> exposed = found("(?m)^(antichain_analyzer_[a-z_]+)[{ ]", metrics);
            assertThat(exposed).containsAll(found("(antichain_analyzer_[a-z_]+)", dashboard + alerts));
            Set<String> named =
                    found("(?m)^\\| `(antichain_[a-z_]+)`", Files.readString(Path.of("../docs/metrics.md")));
            assertThat(named).allMatch(metric -> dashboard.contains(metric));
            Set<String> kinds = found("kind=\"([A-Z_]+)\"", metrics);
            found("kind=~\"([A-Z_|]+)\"", alerts)
                    .forEach(asked -> assertThat(kinds).contains(asked.split("\\|")));
            Set<String> reasons = found("reason=\"([A-Z_]+)\"", metrics);
            assertThat(reasons).contains("NO_VALUE", "NOT_FRAMED", "UNKNOWN_ID");
        }
        new ObjectMapper().readTree(dashboard);
        assertThat(alerts.split("- alert: ")).hasSizeGreaterThan(10).allSatisfy(alert -> assertThat(alert)
                .matches("(?s)# .*|.*expr: .*for: [0-9]+m.*severity: .*summary: .*runbook: .*"));
    }

    private static Set<String> found(String expression, String text) {
        return Pattern.compile(expression)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String metrics(Analyzer analyzer) {
        return new Calls(analyzer.port()).get("/metrics").body();
    }

    private AnalyzerSettings settings() {
        return AnalyzerSettings.defaults(topics, cluster.client(), folder.resolve(topics.prefix() + "state"))
                .withPort(0);
    }
}
