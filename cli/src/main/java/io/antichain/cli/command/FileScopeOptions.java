package io.antichain.cli.command;

import io.antichain.analyzer.logfile.ExecutionAnalysis;
import io.antichain.analyzer.logfile.LoggedExecution;
import io.antichain.schemas.Scope;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say which events of a log file can conflict. */
final class FileScopeOptions {
    @Option(
            names = "--scope",
            paramLabel = "all|key",
            defaultValue = "ALL",
            description = "which events can conflict: any two, or only those with the same key (default: all)")
    private Scope scope;

    @Option(
            names = "--key-field",
            paramLabel = "FIELD",
            description = "the field of an event that holds its key, with --scope key; dots lead into JSON")
    private String keyField;

    @Mixin
    private PairConditionOptions where;

    /**
     * Fails unless the key's field is named where it is needed, and only there.
     *
     * @param areTopics whether topics are analyzed: their records have keys
     */
    void require(boolean areTopics) {
        if (areTopics && scope == Scope.KEY && keyField == null) {
            keyField = "key";
        }
        if (scope == Scope.KEY && keyField == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "The field of the key was not named: scope=key; name it with --key-field");
        }
        if (scope == Scope.ALL && keyField != null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Keys do not count where any two events can conflict: key-field=" + keyField
                            + ", scope=all; add --scope key, or leave out --key-field");
        }
    }

    ExecutionAnalysis analysis(LoggedExecution execution) {
        if (scope == Scope.ALL) {
            return ExecutionAnalysis.of(execution, scope, event -> Optional.empty(), where.conditions());
        }
        if (!execution.events().isEmpty()
                && withoutKey(execution) == execution.events().size()) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "No event has the field of the key: key-field=" + keyField + ", execution=" + execution.name()
                            + "; name another field with --key-field");
        }
        return ExecutionAnalysis.of(execution, scope, event -> event.field(keyField), where.conditions());
    }

    /** How many events can be in no conflict, since they have no key. */
    long withoutKey(LoggedExecution execution) {
        return scope == Scope.ALL
                ? 0
                : execution.events().stream()
                        .filter(event -> event.field(keyField).equals(Optional.empty()))
                        .count();
    }

    /** What the user should know of it. */
    List<String> notes(LoggedExecution execution) {
        long without = withoutKey(execution);
        return without == 0
                ? List.of()
                : List.of("  Events without the field " + keyField + ", which are in no conflict: " + without);
    }
}
