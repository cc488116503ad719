package io.antichain.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioParserTest {
    @Test
    void readsEveryStep() {
        Scenario scenario = ScenarioParser.parse(
                "mine",
                """
                Something happens.

                # a comment
                sync
                repeat 2
                  pause 4
                  turns 6 by 1 2
                  burst 3
                  resume all
                end

                expect conflicts only within bursts
                """);
        assertThat(scenario.sentence()).isEqualTo("Something happens.");
        assertThat(scenario.expectation()).isEqualTo(Expectation.WITHIN_BURSTS);
        assertThat(scenario.steps())
                .containsExactly(
                        new Step.Sync(),
                        new Step.Repeat(
                                2,
                                List.of(
                                        new Step.Pause(List.of(4)),
                                        new Step.Turns(6, List.of(1, 2)),
                                        new Step.Burst(3, List.of()),
                                        new Step.Resume(List.of()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "async", "between-syncs", "partition"})
    void everyBuiltInScenarioCanBeRead(String name) {
        assertThat(Scenarios.named(name).steps()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jump|The step is none of sync, turns, burst, pause, resume, repeat, end and expect: scenario=mine, line=3, text=jump",
                "turns|No number from 1 to 1000000 follows turns",
                "burst 0|No number from 1 to 1000000 follows burst",
                "burst 3 for 1|No by stands before the nodes that publish, as in burst 3 by 1 2",
                "pause|The nodes are neither all nor numbers from 1",
                "end|An end has no repeat",
                "repeat 2|A repeat has no end",
                "expect wonders|The expectation is none of: no conflicts, conflicts only within bursts",
                "sync|The scenario does not say which conflicts it expects"
            })
    void aWrongLineIsRefusedWithItsFault(String line, String fault) {
        assertThatThrownBy(() -> ScenarioParser.parse("mine", "Something happens.\n\n" + line + "\n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(fault)
                .hasMessageContaining("scenario=mine, line=")
                .extracting(failure -> ((ScenarioException) failure).kind())
                .isEqualTo(ScenarioException.Kind.MALFORMED);
    }

    @Test
    void aScenarioOpensWithASentence() {
        assertThatThrownBy(() -> ScenarioParser.parse("mine", "\nsync\n"))
                .hasMessageStartingWith("The scenario does not open with a sentence");
    }
}
