package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.antichain.clocks.CausalOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logs of other people's systems, with the number of concurrent pairs that was counted in three other ways. */
class RecordedExecutionsTest {
    private static final Path LOGS = Path.of("../../shared/logs");

    @Test
    void chordHas15896ConcurrentPairs() throws IOException {
        assertCounts("chord.log", "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)", 1235, 15896);
    }

    @Test
    void simpledbHas16937ConcurrentPairs() throws IOException {
        assertCounts("simpledb.log", "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})", 509, 16937);
    }

    @Test
    void reliableBroadcastHas2044ConcurrentPairs() throws IOException {
        assertCounts(
                "reliable-broadcast.log",
                "\\[\\w+\\] \\[(?<date>([^ ]+ [^ ]+))\\] [^ ]+ \\[akka://Broadcast/user/(?<host>\\w+)\\]"
                        + " (?<clock>.*\\}) (?<event>.*)",
                116,
                2044);
    }

    @Test
    void theTwoExecutionsOfFacebookHave68And62ConcurrentPairs() throws IOException {
        List<LoggedExecution> executions = parsed(
                "facebook-multiple.log",
                "(?<ip>(\\d{1,3}\\.){3}\\d{1,3}) (?<date>(\\d{1,2}/){2}\\d{4} (\\d{2}:){2}\\d{2} (AM|PM))"
                        + " (?<action>(INFO|GET|POST)) (?<event>.*)\\n(?<host>\\w*) (?<clock>.*)",
                Optional.of("^=== (?<trace>.*) ===$"));
        assertThat(executions)
                .extracting(execution -> execution.events().size())
                .containsExactly(47, 41);
        assertThat(executions)
                .extracting(execution -> ExecutionAnalysis.of(execution).concurrentPairs())
                .containsExactly(68L, 62L);
    }

    private static void assertCounts(String file, String expression, int events, long pairs) throws IOException {
        List<LoggedExecution> executions = parsed(file, expression, Optional.empty());
        assertThat(executions).hasSize(1);
        ExecutionAnalysis analysis = ExecutionAnalysis.of(executions.get(0));
        assertThat(analysis.execution().events()).hasSize(events);
        assertThat(analysis.anomalies()).isEmpty();
        assertThat(analysis.concurrentPairs()).isEqualTo(pairs).isEqualTo(byDefinition(executions.get(0)));
    }

    private static long byDefinition(LoggedExecution execution) {
        List<LoggedEvent> events = execution.events();
        long pairs = 0;
        for (int a = 0; a < events.size(); a++) {
            for (int b = 0; b < a; b++) {
                if (events.get(a).clock().compare(events.get(b).clock()) == CausalOrder.CONCURRENT) {
                    pairs++;
                }
            }
        }
        return pairs;
    }

    private static List<LoggedExecution> parsed(String file, String expression, Optional<String> delimiter)
            throws IOException {
        assumeThat(LOGS.resolve(file))
                .as("the recorded executions stand beside the project")
                .exists();
        return new ShivizParser(expression, delimiter).parse(file, file, Files.readString(LOGS.resolve(file)));
    }
}
