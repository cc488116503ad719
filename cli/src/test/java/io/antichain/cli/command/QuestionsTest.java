package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antichain.cli.access.HttpAccess;
import io.antichain.cli.analyzer.AnalyzerClient;
import io.antichain.cli.demo.DemoPorts;
import io.antichain.cli.demo.DemoSystem;
import io.antichain.cli.kafka.StoredEvent;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicsCheck;
import io.antichain.cli.scenario.ScenarioRunner;
import io.antichain.cli.scenario.Scenarios;
import io.antichain.cli.verify.Verification;
import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.StampedEvent;
import io.antichain.schemas.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running analyzer answers about history, against the topics and the definition. */
class QuestionsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private static Path folder;

    private static DemoSystem system;
    private static AnalyzerClient analyzer;
    private static Verification verified;
    private static List<StampedEvent> events;

    private final CommandRuns commands = new CommandRuns();

    @BeforeAll
    static void run() {
        try (DemoSystem before = DemoSystem.start(DemoPorts.free(), folder)) {
            play(before, "async");
        }
        system = DemoSystem.start(DemoPorts.free(), folder); // so that a part is history, and a part comes
        play(system, "partition");
        play(system, "between-syncs");
        analyzer = new AnalyzerClient(system.analyzerUrl(), HttpAccess.OPEN);
        verified = new TopicsCheck(system.cluster()).run(LONG);
        events = new StoredLog(system.cluster())
                .events().stream()
                        .map(StoredEvent::event)
                        .filter(event -> event.kind() == Event.Kind.MESSAGE)
                        .map(event ->
                                new StampedEvent(event.dot(), event.clock().orElseThrow()))
                        .toList();
        await().atMost(LONG).until(() -> summary("/conflicts/pairs") >= verified.reportedPairs());
    }

    private static void play(DemoSystem on, String scenario) {
        new ScenarioRunner(Scenarios.named(scenario), on.nodeUrls(), HttpAccess.OPEN, 1).run();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void itsNumbersAreThoseOfVerify() {
        assertThat(verified.holds()).isTrue();
        assertThat(summary("/events/seen")).isEqualTo(verified.events());
        assertThat(summary("/conflicts/pairs")).isEqualTo(verified.reportedPairs());
        assertThat(analyzer.get("/summary").get("ready").asBoolean()).isTrue();
    }

    @Test
    void pastFutureAndConcurrentOfEveryEventAreAsTheDefinitionHasThem() {
        long concurrent = 0;
        for (StampedEvent event : events) {
            JsonNode answer = analyzer.get("/events/" + event.dot());
            assertThat(answer.get("past").asLong()).as("%s", event).isEqualTo(count(event, CausalOrder.AFTER));
            assertThat(answer.get("future").asLong()).as("%s", event).isEqualTo(count(event, CausalOrder.BEFORE));
            concurrent += answer.get("concurrent").asLong();
        }
        assertThat(concurrent).isEqualTo(2 * verified.concurrentPairs());
    }

    private static long count(StampedEvent event, CausalOrder order) {
        return events.stream().filter(other -> event.order(other) == order).count();
    }

    @Test
    void theRelationIsThatOfTheDefinition() {
        for (StampedEvent other : events) {
            StampedEvent first = events.get(events.size() / 2);
            JsonNode answer = analyzer.get("/relation?a=" + first.dot() + "&b=" + other.dot());
            assertThat(answer.get("order").asText())
                    .isEqualTo(first.order(other).name());
        }
    }

    @Test
    void conflictsCanBePagedNewestFirst() {
        List<String> paged = new ArrayList<>();
        JsonNode page = analyzer.get("/conflicts?limit=7");
        while (page.get("conflicts").size() > 0) {
            page.get("conflicts")
                    .forEach(conflict -> paged.add(conflict.get("id").asText()));
            JsonNode oldest = page.get("conflicts").get(page.get("conflicts").size() - 1);
            page = analyzer.get("/conflicts?limit=7&before=" + oldest.get("seq"));
        }
        List<String> stored = new ArrayList<>(new StoredLog(system.cluster())
                .conflicts().stream().map(conflict -> conflict.id()).toList());
        Collections.reverse(stored);
        assertThat(stored).isNotEmpty();
        assertThat(paged).isEqualTo(stored);
    }

    @Test
    void statusPrintsThemForPeople() {
        assertThat(execute("status", "--analyzer", system.analyzerUrl())).isZero();
        assertThat(commands.out())
                .startsWith("Ready, scope all, 0 events behind.")
                .contains("events        " + verified.events() + " read since the start")
                .contains(verified.reportedPairs() + " concurrent pairs")
                .contains("dead letters  none")
                .containsPattern("process +events +first +last +last heard +knows")
                .containsPattern("node-4 +[0-9]+ +1 +[0-9]+ +[0-9T:.-]+Z +\\{node-1=");
    }

    @Test
    void statusNamesTheOpenTransactionThatHoldsTheLogUntilItEnds() {
        try (HeldTopic held = HeldTopic.hold(
                system.cluster().client(), system.cluster().topics().events(), 0, "billing")) {
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(execute("status", "--analyzer", system.analyzerUrl()))
                        .isZero();
                assertThat(commands.out())
                        .startsWith("Not ready, scope all, 0 events behind.")
                        .containsOnlyOnce("held          An open transaction holds up all who read a partition: topic="
                                + system.cluster().topics().events())
                        .contains("transactional-id=billing", "; commit or abort it in its program, or run");
            });
            assertThat(held).isNotNull();
        }
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(execute("status", "--analyzer", system.analyzerUrl())).isZero();
            assertThat(commands.out())
                    .startsWith("Ready, scope all, 0 events behind.")
                    .doesNotContain("held          ");
        });
    }

    @Test
    void statusPrintsThemForPrograms() throws JsonProcessingException {
        assertThat(execute("status", "--analyzer", system.analyzerUrl(), "-o", "json"))
                .isZero();
        JsonNode status = new ObjectMapper().readTree(commands.out());
        assertThat(status.at("/events/seen").asLong()).isEqualTo(verified.events());
        assertThat(status.get("processes")).hasSize(4);
    }

    @Test
    void anEventIsPrintedWithWhatStandsHowToIt() {
        StampedEvent last = events.get(events.size() - 1);
        assertThat(execute("event", last.dot().toString(), "--analyzer", system.analyzerUrl()))
                .isZero();
        assertThat(commands.out())
                .startsWith(last.dot() + "  published ")
                .contains("  past        " + count(last, CausalOrder.AFTER) + " events: node-1:1..")
                .contains("  future      none");
    }

    @Test
    void anEventThatIsNotThereIsBadInput() {
        assertThat(execute("event", "node-1:9999", "--analyzer", system.analyzerUrl()))
                .isEqualTo(4);
        assertThat(commands.err()).contains("event=node-1:9999, last read=node-1:");
    }

    @Test
    void conflictsCanBeChosen() {
        List<String> all = conflicts();
        assertThat(conflicts("--last", "3"))
                .containsExactly(all.get(all.size() - 1), all.get(all.size() - 2), all.get(all.size() - 3));
        assertThat(conflicts("--process", "node-4")).isNotEmpty().hasSizeLessThan(all.size());
        assertThat(conflicts("--process", "nobody")).isEmpty();
        assertThat(conflicts("--status", "resolved")).isEmpty();
        assertThat(conflicts("--status", "concurrent")).isEqualTo(all);
        assertThat(conflicts("--key", "no such key")).isEmpty();
        assertThat(conflicts("--since", "2001-01-01T00:00:00Z")).isEqualTo(all);
        assertThat(conflicts("--since", "2999-01-01T00:00:00Z")).isEmpty();
    }

    private List<String> conflicts(String... flags) {
        List<String> arguments = new ArrayList<>(List.of("conflicts", "-o", "json"));
        Map<String, Object> client = system.cluster().client();
        arguments.addAll(List.of("--bootstrap-server", "" + client.get("bootstrap.servers")));
        arguments.addAll(List.of("--schema-registry-url", "" + client.get("schema.registry.url")));
        arguments.addAll(List.of(flags));
        assertThat(execute(arguments.toArray(String[]::new))).isZero();
        return commands.out().lines().toList();
    }

    private int execute(String... arguments) {
        return commands.run(arguments);
    }

    private static long summary(String path) {
        return analyzer.get("/summary").at(path).asLong();
    }
}
