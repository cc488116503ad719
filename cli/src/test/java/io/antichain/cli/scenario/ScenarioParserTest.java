package io.antichain.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.cli.CommandFailure;
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
                "jump|A step is sync, turns, burst, pause, resume, repeat, end or expect: scenario=mine, line=3, text=jump",
                "turns|After turns stands a number from 1 to 1000000",
                "burst 0|After burst stands a number from 1 to 1000000",
                "burst 3 for 1|Who publishes stands after by, as in: burst 3 by 1 2",
                "pause|Nodes are named all, or by their numbers from 1",
                "end|An end has a repeat",
                "repeat 2|A repeat has an end",
                "expect wonders|What is expected is one of: no conflicts, conflicts only within bursts",
                "sync|A scenario says which conflicts it expects"
            })
    void aWrongLineIsRefusedWithItsRule(String line, String rule) {
        assertThatThrownBy(() -> ScenarioParser.parse("mine", "Something happens.\n\n" + line + "\n"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(rule)
                .hasMessageContaining("scenario=mine, line=")
                .extracting(failure -> ((CommandFailure) failure).exitCode())
                .isEqualTo(4);
    }

    @Test
    void aScenarioOpensWithASentence() {
        assertThatThrownBy(() -> ScenarioParser.parse("mine", "\nsync\n"))
                .hasMessageStartingWith("A scenario opens with a sentence");
    }
}
