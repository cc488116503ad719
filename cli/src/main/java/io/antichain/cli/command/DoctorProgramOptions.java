package io.antichain.cli.command;

import io.antichain.cli.acls.AccessRule;
import io.antichain.cli.acls.AccessRules;
import io.antichain.cli.doctor.Program;
import io.antichain.schemas.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that say which program a login is for. */
final class DoctorProgramOptions {
    @Option(
            names = "--as",
            paramLabel = "node|analyzer|reader",
            description = "the program that this login is for: what it needs and lacks then matters; a reader runs the "
                    + "commands that read")
    private Program program;

    @Option(names = "--process", paramLabel = "NAME", description = "process name of the node, with --as node")
    private String process;

    @Option(
            names = "--scope",
            paramLabel = "all|key",
            defaultValue = "ALL",
            description = "--scope of the analyzer (default: all)")
    private Scope scope;

    @Option(
            names = "--webhook-group",
            paramLabel = "GROUP",
            description = "--webhook-group of conflicts --webhook, if the reader runs that")
    private String webhookGroup;

    /** Fails if the node has no name. */
    void require() {
        if (program == Program.NODE && process == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A node has the rights of its process name, and none is given: as=node; name it with --process");
        }
    }

    Optional<Program> program() {
        return Optional.ofNullable(program);
    }

    Scope scope() {
        return scope;
    }

    /** What each program needs of which this login can be asked: the one that was named, else all whose names are known. */
    Map<Program, List<AccessRule>> rules(AccessRules needed) {
        Map<Program, List<AccessRule>> rules = new LinkedHashMap<>();
        if (process != null) {
            rules.put(Program.NODE, needed.ofNode(process, ""));
        }
        rules.put(Program.ANALYZER, needed.ofAnalyzer(""));
        rules.put(Program.READER, needed.ofReader("", Optional.ofNullable(webhookGroup)));
        if (program != null) {
            rules.keySet().retainAll(List.of(program));
        }
        return rules;
    }

    /** What findings call it. */
    String title(Program of) {
        return switch (of) {
            case NODE -> "the node " + process;
            case ANALYZER -> "the analyzer";
            case READER -> "a reader";
        };
    }

    /** The flag of {@code acls} that asks for its rights. */
    String flagOfAcls(Program of) {
        return switch (of) {
            case NODE -> "--node-principal " + AclsCommand.quoted(process) + "=User:NAME";
            case ANALYZER -> "--analyzer-principal User:NAME";
            case READER ->
                "--reader-principal User:NAME"
                        + (webhookGroup == null ? "" : " --webhook-group " + AclsCommand.quoted(webhookGroup));
        };
    }
}
