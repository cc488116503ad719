package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NdjsonParserTest {
    private final NdjsonParser parser = new NdjsonParser();

    @Test
    void readsBothSpellings() {
        LoggedExecution execution = parsed(
                """
                {"process": "a", "counter": 1, "clock": {"a": 1}, "text": "sent"}

                {"host": "b", "clock": {"b": 1, "a": 1}, "event": "got"}
                {"host": "b", "process": "b", "clock": {"b": 2}}
                """);
        assertThat(execution.events())
                .extracting(event -> event.dot() + " " + event.clock() + " " + event.text() + " " + event.place())
                .containsExactly("a:1 {a=1} sent x.json:1", "b:1 {a=1, b=1} got x.json:3", "b:2 {b=2}  x.json:4");
    }

    @Test
    void whatElseAnObjectHasAreFields() {
        LoggedEvent event = parsed("{\"level\":\"INFO\",\"host\":\"a\",\"clock\":{\"a\":1},\"text\":\"x\",\"event\":7,"
                        + "\"tags\":[1,{\"b\":null}]}")
                .events()
                .get(0);
        assertThat(event.text()).isEqualTo("x");
        assertThat(event.fields()).hasToString("{level=\"INFO\", event=7, tags=[1,{\"b\":null}]}");
    }

    @Test
    void everySkippedLineHasItsReason() {
        String deep = "{\"host\":\"a\",\"clock\":{\"a\":1},\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        List<String> lines = List.of(
                "not json",
                "[1]",
                "{\"process\":\"a\",\"clock\":{\"a\":1}} trailing",
                "{\"process\":\"a\",\"clock\":{\"a\":1}",
                deep,
                "{\"clock\":{\"a\":1}}",
                "{\"process\":true,\"clock\":{\"a\":1}}",
                "{\"process\":\"a\",\"host\":\"b\",\"clock\":{\"a\":1}}",
                "{\"process\":\"\",\"clock\":{\"a\":1}}",
                "{\"process\":\"a\"}",
                "{\"process\":\"a\",\"clock\":[]}",
                "{\"process\":\"a\",\"clock\":{\"a\":-1}}",
                "{\"process\":\"a\",\"clock\":{\"a\":1.5}}",
                "{\"process\":\"a\",\"clock\":{\"a\":1e400}}",
                "{\"process\":\"a\",\"clock\":{\"a\":9007199254740992}}",
                "{\"process\":\"a\",\"clock\":{\"a\":1,\"a\":1}}",
                "{\"process\":\"a\",\"clock\":{\"a\":1},\"process\":\"a\"}",
                "{\"process\":\"a\",\"clock\":{\"b\":1}}",
                "{\"process\":\"a\",\"counter\":2,\"clock\":{\"a\":1}}");
        assertThat(parsed(String.join("\n", lines)).skipped().first())
                .extracting(SkippedLines.Line::reason)
                .containsExactly(
                        SkipReason.NO_JSON,
                        SkipReason.NO_JSON,
                        SkipReason.NO_JSON,
                        SkipReason.NO_JSON,
                        SkipReason.NO_JSON,
                        SkipReason.NO_PROCESS,
                        SkipReason.NO_PROCESS,
                        SkipReason.TWO_PROCESSES,
                        SkipReason.BAD_PROCESS,
                        SkipReason.NO_CLOCK,
                        SkipReason.BAD_CLOCK,
                        SkipReason.BAD_COUNTER,
                        SkipReason.BAD_COUNTER,
                        SkipReason.BAD_COUNTER,
                        SkipReason.BAD_COUNTER,
                        SkipReason.NAMED_TWICE,
                        SkipReason.NAMED_TWICE,
                        SkipReason.NO_OWN_ENTRY,
                        SkipReason.COUNTER_MISMATCH);
    }

    @Test
    void theFieldExecutionDividesAFile() {
        List<LoggedExecution> executions = parser.parse(
                "x",
                "x.json",
                """
                {"execution":"one","process":"a","clock":{"a":1}}
                {"execution":"two","process":"a","clock":{"a":1}}
                {"execution":"one","process":"a","clock":{"a":2}}
                {"process":"a","clock":{"a":1}}
                """);
        assertThat(executions)
                .extracting(
                        execution -> execution.name() + " " + execution.events().size())
                .containsExactly("one 2", "two 1", "x 1");
    }

    private LoggedExecution parsed(String text) {
        return parser.parse("x", "x.json", text).get(0);
    }
}
