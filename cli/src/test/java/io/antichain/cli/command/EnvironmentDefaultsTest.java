package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Which flags of the program are taken from which variables. */
class EnvironmentDefaultsTest {
    private final CommandLine program = AntichainCommand.commandLine();

    @ParameterizedTest
    @CsvSource({
        "node, --process, ANTICHAIN_PROCESS",
        "conflicts, --process,",
        "conflicts, --key,",
        "conflicts, --bootstrap-server, ANTICHAIN_BOOTSTRAP_SERVER",
        "analyzer, --topics, ANTICHAIN_TOPICS",
        "verify, --topics, ANTICHAIN_TOPICS",
        "doctor, --topics, ANTICHAIN_TOPICS",
        "analyze, --topics,",
        "explain, --topics,",
        "status, --help,",
        "status, --version,",
    })
    void aSettingHasAVariableAndWhatAsksSomethingOfOneCallHasNone(String command, String flag, String variable) {
        assertThat(EnvironmentDefaults.variable(option(command, flag))).isEqualTo(Optional.ofNullable(variable));
    }

    @Test
    void aBlankVariableIsUnsetAndABadOneIsNamed() {
        OptionSpec port = option("node", "--port");
        assertThat(new EnvironmentDefaults(Map.of("ANTICHAIN_PORT", " ")).defaultValue(port))
                .isNull();
        EnvironmentDefaults set = new EnvironmentDefaults(Map.of("ANTICHAIN_PORT", "tcp://10.1.2.3:8080"));
        assertThat(set.defaultValue(port)).isEqualTo("tcp://10.1.2.3:8080");
        assertThat(set.named(port)).contains("ANTICHAIN_PORT=tcp://10.1.2.3:8080: correct it or unset it");
    }

    private OptionSpec option(String command, String flag) {
        return program.getSubcommands().get(command).getCommandSpec().findOption(flag);
    }
}
