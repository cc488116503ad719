package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShivizParserTest {
    private final ShivizParser parser = new ShivizParser(ShivizParser.DEFAULT_EXPRESSION, Optional.empty());

    @Test
    void readsTextThenHostAndClock() {
        LoggedExecution execution = parser.parse("log", "sent\na {\"a\":1}\ngot\nb {\"a\":1, \"b\":1}\n")
                .get(0);
        assertThat(execution.events())
                .extracting(event -> event.dot() + " " + event.clock() + " " + event.text() + " " + event.line())
                .containsExactly("a:1 {a=1} sent 1", "b:1 {a=1, b=1} got 3");
        assertThat(execution.skippedLines()).isEmpty();
    }

    @Test
    void tellsWhichLinesItSkipped() {
        LoggedExecution execution = parser.parse("log", "# a comment\n\nsent\na {\"a\":1}\nbroken\nb {not json}\nend")
                .get(0);
        assertThat(execution.events()).hasSize(1);
        assertThat(execution.skippedLines()).containsExactly(1, 5, 6, 7);
    }

    @Test
    void refusesAnExpressionWithoutTheNeededGroups() {
        assertThatThrownBy(() -> new ShivizParser("(?<host>\\S*) (?<event>.*)", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "A parser expression has the named groups host, clock and event: missing=clock;");
    }

    @Test
    void refusesWhatIsNoExpression() {
        assertThatThrownBy(() -> new ShivizParser("(?<host>a) (?<clock>b) (?<event>c", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--parser=(?<host>a) (?<clock>b) (?<event>c")
                .hasMessageContaining("mend it");
    }

    @Test
    void aDelimiterDividesAFileIntoLabelledExecutions() {
        ShivizParser dividing =
                new ShivizParser(ShivizParser.DEFAULT_EXPRESSION, Optional.of("^=== (?<trace>.*) ===$"));
        List<LoggedExecution> executions =
                dividing.parse("log", "=== one ===\nx\na {\"a\":1}\n=== two ===\ny\na {\"a\":1}\nz\na {\"a\":2}\n");
        assertThat(executions).extracting(LoggedExecution::name).containsExactly("one", "two");
        assertThat(executions)
                .extracting(execution -> execution.events().size())
                .containsExactly(1, 2);
    }

    @Test
    void eventsOfAProcessAreTakenInCounterOrder() {
        LoggedExecution execution = parser.parse("log", "second\na {\"a\":2}\nother\nb {\"b\":1}\nfirst\na {\"a\":1}\n")
                .get(0);
        assertThat(execution.eventsInLaneOrder())
                .extracting(LoggedEvent::text)
                .containsExactly("first", "other", "second");
    }
}
