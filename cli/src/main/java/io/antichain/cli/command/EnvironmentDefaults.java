package io.antichain.cli.command;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Flags from the environment: {@code --bootstrap-server} is {@code ANTICHAIN_BOOTSTRAP_SERVER}. A blank variable is unset.
 * What asks something of one call alone (help, version, a filter of what is printed) is no setting, and has none.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Set<String> NOT_SETTINGS =
            Set.of("--help", "--version", "--key", "--process", "--status", "--since", "--last");
    private static final Set<String> OF_A_PROCESS = Set.of("node", "doctor");
    /** They look at files too, and the analyzer's topics must not take the place of these. */
    private static final Set<String> OF_FILES = Set.of("analyze", "explain");

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = new HashMap<>(environment);
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        return variable(argument)
                .map(environment::get)
                .filter(value -> !value.isBlank())
                .orElse(null);
    }

    /** What to say of a value that was refused, if it is the environment's; else nothing. */
    String named(ArgSpec argument) {
        String value = argument == null ? null : defaultValue(argument);
        return value == null
                ? ""
                : "; the environment has " + variable(argument).orElseThrow() + "=" + value
                        + ": correct it or unset it";
    }

    /** The name of the variable that an argument is taken from; empty if it is from none. */
    static Optional<String> variable(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !option.longestName().startsWith("--")) {
            return Optional.empty();
        }
        String name = option.longestName();
        // A node's process is a setting; what conflicts calls --process is a filter.
        boolean ofNode = name.equals("--process")
                && OF_A_PROCESS.contains(option.command().name());
        boolean ofFiles =
                name.equals("--topics") && OF_FILES.contains(option.command().name());
        return NOT_SETTINGS.contains(name) && !ofNode || ofFiles
                ? Optional.empty()
                : Optional.of("ANTICHAIN_" + name.substring(2).replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
