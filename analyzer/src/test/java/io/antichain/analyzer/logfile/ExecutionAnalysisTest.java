package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.export.ExportFormat;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExecutionAnalysisTest {
    @Test
    void inAnyOrderThatKeepsLanesTheRecordsAreThoseOfTheDefinition() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            List<LoggedEvent> events = RandomLog.events(random, 1 + random.nextInt(8), 150, 0.9);
            Collections.shuffle(events, random);
            assertExact(events, "seed " + seed);
        }
    }

    @Test
    void livesOfOneNameMayStandInAnyOrder() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            String text = text(RandomLog.events(random, 5, 300, 1))
                    .replace("p1", "p0~1")
                    .replace("p2", "p0~2");
            List<LoggedEvent> events = new ArrayList<>(parsed(text).events());
            Collections.shuffle(events, random);
            assertExact(events, "seed " + seed);
        }
    }

    @Test
    void theRecordsOfAFileAreThoseOfItsExport() throws IOException {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            List<LoggedEvent> events = RandomLog.events(random, 4, 60, 0.9);
            Collections.shuffle(events, random);
            StringBuilder exported = new StringBuilder();
            ExportFormat.NDJSON.writer().write(List.of(new LoggedExecution("x", events, SkippedLines.NONE)), exported);
            assertThat(analysis(events).conflicts())
                    .as("seed " + seed)
                    .isEqualTo(ExecutionAnalysis.of(new NdjsonParser()
                                    .parse("x", "x", exported.toString())
                                    .get(0))
                            .conflicts());
        }
    }

    @Test
    void anEventThatTwoFilesHoldIsADuplicateWithBothPlaces() {
        LogFileReader reader = new LogFileReader(
                new LogForms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of()), true);
        reader.read("all", "a.log", line("a", "{\"a\":1}", "x"));
        reader.read("all", "b.log", line("b", "{\"b\":1}", "y") + line("a", "{\"a\":1}", "x"));
        ExecutionAnalysis analysis = ExecutionAnalysis.of(reader.executions().get(0));
        assertThat(analysis.events()).isEqualTo(2);
        assertThat(analysis.anomalies()).extracting(Anomaly::kind).containsExactly(Kind.DUPLICATE);
        assertThat(analysis.anomalies().get(0).sentence())
                .isEqualTo("An event stands in the files once: event=a:1, first=a.log:1, again=b.log:2, with the same"
                        + " clock and text; the second is left out");
        assertThat(analysis.concurrentPairs()).isEqualTo(1);
    }

    @Test
    void aDotWithOtherContentIsReused() {
        for (String other : List.of(line("a", "{\"a\":1}", "other"), line("a", "{\"a\":1,\"b\":1}", "x"))) {
            List<LoggedEvent> events = new NdjsonParser()
                    .parse("x", "x.log", line("a", "{\"a\":1}", "x") + other)
                    .get(0)
                    .events();
            assertThat(analysis(events).anomalyCounts()).containsEntry(Kind.DOT_REUSED, 1);
        }
    }

    @Test
    void repetitionsAreFoundHoweverLongAgoTheFirstWas() {
        List<LoggedEvent> events = RandomLog.events(new Random(7), 3, 2_000, 1);
        List<LoggedEvent> twice = new ArrayList<>(events);
        twice.addAll(events);
        assertThat(analysis(twice).anomalyCounts()).isEqualTo(Map.of(Kind.DUPLICATE, 2_000));
        assertThat(analysis(twice).concurrentPairs())
                .isEqualTo(analysis(events).concurrentPairs())
                .isPositive();
    }

    @Test
    void aClockThatFallsIsRefusedWithItsPlace() {
        ExecutionAnalysis analysis = ExecutionAnalysis.of(
                parsed("x\nb {\"b\":1}\ny\nb {\"b\":2}\ny\na {\"a\":1,\"b\":2}\nz\na {\"a\":2,\"b\":1}\n"));
        assertThat(analysis.anomalyCounts()).isEqualTo(Map.of(Kind.CLOCK_REGRESSED, 1));
        assertThat(analysis.anomalies().get(0).sentence())
                .startsWith("A process has lost what it knew: process=a, counter=2, b=1 follows 2;")
                .endsWith("(x.log:7)");
    }

    @Test
    void whatIsMissingIsNamed() {
        ExecutionAnalysis analysis =
                ExecutionAnalysis.of(parsed("x\na {\"a\":2,\"b\":3}\ny\nb {\"b\":1}\nz\nc {\"c\":1,\"d\":4}"));
        assertThat(analysis.anomalyCounts()).isEqualTo(Map.of(Kind.GAP, 1, Kind.UNSEEN_CAUSE, 2));
        assertThat(analysis.doubtful()).isTrue();
    }

    @Test
    void theGreatestCountersOverflowNothing() {
        ExecutionAnalysis analysis =
                ExecutionAnalysis.of(parsed("x\na {\"a\":9007199254740991,\"b\":9007199254740991}\n"
                        + "y\nb {\"a\":9007199254740991,\"b\":9007199254740990}\n"));
        assertThat(analysis.concurrentPairs()).isZero();
        assertThat(analysis.anomalyCounts()).containsOnlyKeys(Kind.GAP, Kind.UNSEEN_CAUSE, Kind.CONTRADICTION);
    }

    @Test
    void theWrongExpressionForChordIsNoticed() throws IOException {
        LogParser wrong = new ShivizParser(ShivizParser.DEFAULT_EXPRESSION, Optional.empty());
        ExecutionAnalysis analysis = ExecutionAnalysis.of(
                wrong.parse("x", "chord.log", RecordedLog.CHORD.text()).get(0));
        assertThat(analysis.concurrentPairs()).isNotEqualTo(RecordedLog.CHORD.pairs.get(0));
        assertThat(analysis.execution().skipped().first())
                .extracting(SkippedLines.Line::number)
                .containsExactly(1, 2470);
        assertThat(analysis.anomalyCounts()).isEqualTo(Map.of(Kind.GAP, 1));
        assertThat(analysis.doubtful()).isTrue();
    }

    /** Ten seconds at most here, and hours if any step went back to the beginning for each event. */
    @Test
    @Timeout(600)
    void timeIsLinearInTheNumberOfEvents() {
        List<LoggedEvent> events = RandomLog.events(new Random(1), 8, 400_000, 1);
        LoggedExecution execution = parsed(text(events));
        assertThat(execution.events()).hasSameSizeAs(events);
        assertThat(execution.events().get(399_999).line()).isEqualTo(799_999);
        assertThat(ExecutionAnalysis.of(execution).anomalies()).isEmpty();
    }

    private static void assertExact(List<LoggedEvent> events, String seed) {
        LoggedExecution execution = new LoggedExecution("x", events, SkippedLines.NONE);
        ExecutionAnalysis analysis = ExecutionAnalysis.of(execution);
        assertThat(analysis.incomplete()).as(seed).isZero();
        assertThat(AllPairs.reported(execution.inCausalOrder(), analysis.conflicts()))
                .as(seed)
                .isEqualTo(AllPairs.defined(execution.inCausalOrder()));
    }

    private static ExecutionAnalysis analysis(List<LoggedEvent> events) {
        return ExecutionAnalysis.of(new LoggedExecution("x", events, SkippedLines.NONE));
    }

    private static LoggedExecution parsed(String text) {
        return new ShivizParser(ShivizParser.DEFAULT_EXPRESSION, Optional.empty())
                .parse("x", "x.log", text)
                .get(0);
    }

    private static String line(String host, String clock, String event) {
        return "{\"host\":\"" + host + "\",\"clock\":" + clock + ",\"event\":\"" + event + "\"}\n";
    }

    private static String text(List<LoggedEvent> events) {
        StringBuilder text = new StringBuilder();
        for (LoggedEvent event : events) {
            text.append(event.text()).append('\n').append(event.process()).append(" {");
            String[] comma = {""};
            event.clock().forEach((process, counter) -> {
                text.append(comma[0]).append('"').append(process).append("\":").append(counter);
                comma[0] = ",";
            });
            text.append("}\n");
        }
        return text.toString();
    }
}
