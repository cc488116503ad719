package io.antichain.analyzer.logfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShivizParserTest {
    private final ShivizParser parser = new ShivizParser(ShivizParser.DEFAULT_EXPRESSION, Optional.empty());

    @Test
    void readsTextThenHostAndClock() {
        LoggedExecution execution = parsed("sent\na {\"a\":1}\ngot\nb {\"a\":1, \"b\":1}\n");
        assertThat(execution.events())
                .extracting(event -> event.dot() + " " + event.clock() + " " + event.text() + " " + event.place())
                .containsExactly("a:1 {a=1} sent x.log:1", "b:1 {a=1, b=1} got x.log:3");
        assertThat(execution.skipped()).isEqualTo(SkippedLines.NONE);
    }

    @Test
    void otherGroupsAreFieldsOfTheEvent() {
        ShivizParser withFields = new ShivizParser(
                "(?<log_level>\\w+) (?<event>.*) (?<host>\\S+) (?<clock>{.*})( (?<note>.*))?", Optional.empty());
        LoggedEvent event = withFields
                .parse("x", "x.log", "INFO sent a {\"a\":1}")
                .get(0)
                .events()
                .get(0);
        assertThat(event.fields()).hasToString("{log_level=\"INFO\", note=\"\"}");
    }

    @Test
    void tellsWhichLinesItSkippedAndWhy() {
        LoggedExecution execution =
                parsed("# a comment\n\nsent\na {\"a\":1}\nbroken\nb {not json}\nnone\nb {\"a\":1, \"b\":0}\nend");
        assertThat(execution.events()).hasSize(1);
        assertThat(execution.skipped().first())
                .extracting(line -> line.file() + ":" + line.number() + " " + line.reason())
                .containsExactly(
                        "x.log:1 NO_ENTRY",
                        "x.log:5 BAD_CLOCK",
                        "x.log:6 BAD_CLOCK",
                        "x.log:7 NO_OWN_ENTRY",
                        "x.log:8 NO_OWN_ENTRY",
                        "x.log:9 NO_ENTRY");
        assertThat(execution.skipped().count()).isEqualTo(6);
    }

    @Test
    void takesNothingForACounterThatIsNone() {
        for (String counter : List.of(
                "-1",
                "1.5",
                "9007199254740992",
                "99999999999999999999",
                "4503599627370496.5",
                "1e400",
                "\"1.0\"",
                "\" 1\"",
                "\"\"",
                "null",
                "{}")) {
            assertThat(reasons("x\na {\"a\":" + counter + "}")).as(counter).containsOnly(SkipReason.BAD_COUNTER);
        }
        for (String counter : List.of("9007199254740991", "1.0", "1e0", "\"1\"", "\"9007199254740991\"")) {
            assertThat(parsed("x\na {\"a\":" + counter + "}").events())
                    .as(counter)
                    .hasSize(1);
        }
    }

    @Test
    void anEventThatHoldsAnotherEntryIsSkippedAndOneWithJsonOfItsOwnIsNot() {
        for (String joined : List.of("a {\"a\":1}", "sent b {\"a\":1,\"b\":2}", "sent 4b {\"b\":2}")) {
            assertThat(reasons(joined + "\na {\"a\":1}")).as(joined).contains(SkipReason.TWO_ENTRIES);
        }
        for (String own : List.of("sent {\"seats\":2}", "a { b", "{\"a\":1}", "f() {", "x {\"y\":{\"z\":1}}")) {
            assertThat(parsed(own + "\na {\"b\":1,\"a\":1}").events()).as(own).hasSize(1);
        }
    }

    @Test
    void aProcessStandsOnceInAClock() {
        assertThat(reasons("x\na {\"a\":1,\"a\":2}")).containsOnly(SkipReason.NAMED_TWICE);
        assertThat(reasons("x\na {\"a\":1,\"b\":0,\"b\":0}")).containsOnly(SkipReason.NAMED_TWICE);
    }

    @Test
    void aHostThatIsNoProcessNameIsWrittenAsOne() {
        LoggedExecution execution =
                parsed("x\n10.0.0.1:8080 {\"10.0.0.1:8080\":1, \"the node\":2, \"n~2\":3, \"n~x\":4}");
        assertThat(execution.events().get(0).clock()).hasToString("{10.0.0.1%3A8080=1, n~2=3, n%7Ex=4, the%20node=2}");
    }

    @Test
    void twoHostsThatWouldBecomeOneProcessAreRefused() {
        assertThatThrownBy(() -> parsed("x\na:b {\"a:b\":1}\ny\na%3Ab {\"a%3Ab\":1}"))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessage("Two hosts would be one process: host=a%3Ab, host=a:b, both are written a%3Ab;"
                        + " rename one of them in the file");
    }

    @Test
    void aNameThatIsTooLongIsSkipped() {
        String longName = "n".repeat(250);
        assertThat(reasons("x\n" + longName + " {\"" + longName + "\":1}")).containsOnly(SkipReason.BAD_PROCESS);
        assertThat(reasons("x\na {\"a\":1, \"\":1}")).containsOnly(SkipReason.BAD_PROCESS);
    }

    @Test
    void refusesAnExpressionWithoutTheNeededGroups() {
        assertThatThrownBy(() -> new ShivizParser("(?<host>\\S*) (?<event>.*)", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "A parser expression lacks a named group: missing=clock, parser=(?<host>\\S*) (?<event>.*); write it");
    }

    @Test
    void refusesWhatIsNoExpression() {
        assertThatThrownBy(() -> new ShivizParser("(?<host>a) (?<clock>b) (?<event>c", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--parser=(?<host>a) (?<clock>b) (?<event>c")
                .hasMessageContaining("mend it");
    }

    @Test
    void anExpressionThatWouldNotEndIsStoppedWithASentence() {
        ShivizParser endless =
                new ShivizParser("(?<event>.*.*.*.*.*.*.*.*)!\\n(?<host>\\S*) (?<clock>{.*})", Optional.empty());
        assertThatThrownBy(() -> endless.parse("x", "x.log", "ok\n".repeat(3) + "a".repeat(300)))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessageContaining("tries the same text in too many ways: file=x.log, last entry read=none");
    }

    @Test
    void anExpressionThatNeedsTooDeepAStackIsStoppedWithASentence() {
        ShivizParser deep = new ShivizParser("(?<event>(a|b)*)\\n(?<host>\\S*) (?<clock>{.*})", Optional.empty());
        assertThatThrownBy(() -> deep.parse("x", "x.log", "ab".repeat(500_000)))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessageStartingWith("An expression repeats a group too often: file=x.log");
    }

    @Test
    void aDelimiterDividesAFileIntoLabelledExecutions() {
        ShivizParser dividing =
                new ShivizParser(ShivizParser.DEFAULT_EXPRESSION, Optional.of("^=== (?<trace>.*) ===$"));
        List<LoggedExecution> executions = dividing.parse(
                "x", "x.log", "=== one ===\nx\na {\"a\":1}\n=== two ===\ny\na {\"a\":1}\nz\na {\"a\":2}\n");
        assertThat(executions).extracting(LoggedExecution::name).containsExactly("one", "two");
        assertThat(executions)
                .extracting(execution -> execution.events().size())
                .containsExactly(1, 2);
        assertThat(executions.get(1).events().get(1).line()).isEqualTo(7);
    }

    @Test
    void executionsOfOneNameAreMerged() {
        List<LogEntries> parts = new ArrayList<>(parser.entries("all", "x.log", "x\na {\"a\":1}\nrest"));
        parts.addAll(parser.entries("all", "y.log", "y\nb {\"b\":1}\nrest"));
        List<LogEntries> merged = LogEntries.mergedByName(parts);
        assertThat(merged).hasSize(1);
        assertThat(merged.get(0).execution().events())
                .extracting(LoggedEvent::text)
                .containsExactly("x", "y");
        assertThat(merged.get(0).skipped().count()).isEqualTo(2);
    }

    @Test
    void eventsOfAProcessAreTakenInCounterOrder() {
        LoggedExecution execution = parsed("second\na {\"a\":2}\nother\nb {\"b\":1}\nfirst\na {\"a\":1}\n");
        assertThat(execution.eventsInLaneOrder())
                .extracting(LoggedEvent::text)
                .containsExactly("first", "other", "second");
    }

    private List<SkipReason> reasons(String text) {
        return parsed(text).skipped().first().stream()
                .map(SkippedLines.Line::reason)
                .toList();
    }

    private LoggedExecution parsed(String text) {
        return parser.parse("x", "x.log", text).get(0);
    }
}
