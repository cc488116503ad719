package io.antichain.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dots, process ids and clocks parse back from what they print; other text is refused with a reason. */
class WrittenFormTest {
    private static final List<ProcessId> PROCESSES = List.of(
            ProcessId.of("node-1"),
            new ProcessId("node-1", 2),
            new ProcessId("a=b,c/{d}", ProcessId.MAX_INCARNATION),
            ProcessId.of("приёмник-😀"),
            ProcessId.of("n".repeat(ProcessId.MAX_NAME_LENGTH)));

    @Test
    void everyWrittenFormParsesBack() {
        VectorClock clock = VectorClock.empty();
        for (ProcessId process : PROCESSES) {
            Dot dot = new Dot(process, Dot.MAX_COUNTER);
            clock = clock.tick(process).tick(process);
            assertThat(ProcessId.parse(process.toString())).isEqualTo(process);
            assertThat(Dot.parse(dot.toString())).isEqualTo(dot);
            assertThat(VectorClock.parse(clock.toString())).isEqualTo(clock);
        }
        assertThat(VectorClock.parse("{}")).isEqualTo(VectorClock.empty());
        assertThat(VectorClock.parse("{node-2=3, node-1=5, node-3=0}")).hasToString("{node-1=5, node-2=3}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "~1",
                "node~",
                "node~0",
                "node~01",
                "node~-1",
                "node~1~2",
                "node~9999999999",
                "a b",
                "a:b",
                "a\tb",
                "a\u0000",
                "a\u200bb",
                "a\u00a0b",
                "\ud800",
                "a\udc00b",
                "tag\udb40\udc41",
                "node~\u0661"
            })
    void textThatIsNoProcessIsRefused(String text) {
        assertThatThrownBy(() -> ProcessId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("[\\p{Print}]+: (process|name|length)=[^\\p{Cntrl}\\p{Cf}]*; .+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node",
                "node:",
                "node:0",
                "node:-1",
                "node:01",
                "node:1 ",
                "node:1\n",
                "node:9007199254740992",
                "node:99999999999999999999",
                ":1",
                "node:1:2",
                "no de:1",
                "node:\u0661"
            })
    void textThatIsNoDotIsRefused(String text) {
        assertThatThrownBy(() -> Dot.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("[^\\p{Cntrl}]+=[^\\p{Cntrl}]*; .+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "{ }",
                "{node}",
                "{node=}",
                "{node=-1}",
                "{node=1,}",
                "{node=1, }",
                "{node=1, node=2}",
                "{=1}",
                "{node=9007199254740992}",
                "{node=99999999999999999}",
                "{no de=1}",
                "{node=1\n}",
                "node=1",
            })
    void textThatIsNoClockIsRefused(String text) {
        assertThatThrownBy(() -> VectorClock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("[^\\p{Cntrl}]+=[^\\p{Cntrl}]*; .+");
    }

    @Test
    void refusalOfLongTextIsShort() {
        String hostile = "x\u001b[2J".repeat(100_000);
        assertThatThrownBy(() -> VectorClock.parse("{" + hostile + "}"))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(500))
                .hasMessageNotContaining("\u001b");
        assertThatThrownBy(() -> Dot.parse(hostile))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void incarnationsOfANameAreProcessesOfTheirOwn() {
        ProcessId first = ProcessId.of("node-1");
        assertThat(first.next()).isNotEqualTo(first).hasToString("node-1~1").isGreaterThan(first);
        assertThatThrownBy(() -> new ProcessId("node-1", ProcessId.MAX_INCARNATION).next())
                .hasMessageContaining("incarnation=1000000000;");
        assertThatThrownBy(() -> new ProcessId("node-1", -1)).hasMessageContaining("incarnation=-1;");
    }

    @Test
    void countersAndEntriesOutsideTheRangeAreRefused() {
        ProcessId process = ProcessId.of("node-1");
        assertThatThrownBy(() -> new Dot(process, 0)).hasMessageContaining("counter=0;");
        assertThatThrownBy(() -> new Dot(process, Dot.MAX_COUNTER + 1))
                .hasMessageContaining("counter=9007199254740992");
        assertThatThrownBy(() -> VectorClock.of(Map.of(process, -1L))).hasMessageContaining("entry=-1;");
        assertThatThrownBy(
                        () -> VectorClock.of(Map.of(process, Dot.MAX_COUNTER)).tick(process))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void arraysMakeTheSameClockAsAMap() {
        ProcessId[] processes = PROCESSES.toArray(ProcessId[]::new);
        long[] counters = {3, 0, 5, 7, 0};
        VectorClock clock = VectorClock.of(processes, counters);
        assertThat(clock)
                .isEqualTo(VectorClock.of(Map.of(PROCESSES.get(0), 3L, PROCESSES.get(2), 5L, PROCESSES.get(3), 7L)));
        counters[0] = 9;
        processes[0] = PROCESSES.get(1);
        assertThat(clock.get(PROCESSES.get(0))).as("arrays are copied").isEqualTo(3);
        assertThatThrownBy(() -> VectorClock.of(new ProcessId[1], new long[2]))
                .hasMessageContaining("processes=1, entries=2;");
        assertThatThrownBy(
                        () -> VectorClock.of(new ProcessId[] {PROCESSES.get(0), PROCESSES.get(0)}, new long[] {1, 2}))
                .hasMessageContaining("process=node-1;");
    }
}
