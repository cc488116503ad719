package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.antichain.cli.acls.AccessRule;
import io.antichain.cli.acls.AccessRules;
import io.antichain.cli.kafka.Cluster;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the rights that programs need. */
@Command(
        name = "acls",
        description =
                "Prints the rights that nodes, analyzer and commands need on a cluster that denies by default, as "
                        + "commands of Kafka's tool kafka-acls. It asks no broker.",
        mixinStandardHelpOptions = true)
final class AclsCommand implements Callable<Integer> {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/,=@%+-]+");

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--node-principal",
            paramLabel = "NAME=PRINCIPAL",
            description = "who the node of this process name logs in as, as in node-1=User:node-1; repeatable")
    private Map<String, String> nodePrincipals = new LinkedHashMap<>();

    @Option(
            names = "--analyzer-principal",
            paramLabel = "PRINCIPAL",
            description = "who the analyzer logs in as; repeatable, as instances may have their own")
    private List<String> analyzerPrincipals = List.of();

    @Option(
            names = "--reader-principal",
            paramLabel = "PRINCIPAL",
            description = "who runs conflicts, explain, verify, doctor and analyze; repeatable")
    private List<String> readerPrincipals = List.of();

    @Option(
            names = "--webhook-group",
            paramLabel = "GROUP",
            description = "--webhook-group of conflicts --webhook, if a reader runs that")
    private String webhookGroup;

    @Mixin
    private AnalyzerSourceOptions analyzer;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "number of partitions of each topic that the analyzer reads (default: ${DEFAULT-VALUE})")
    private int partitions;

    @Override
    public Integer call() {
        if (partitions < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A topic cannot have so few partitions: partitions=" + partitions
                            + "; choose --partitions of 1 or more");
        }
        List<AccessRule> rules = rules();
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            rules.forEach(rule -> OutputOption.print(out, json(rule)));
        } else {
            String tool = "kafka-acls.sh " + cluster.asArgumentsOfKafkasTools() + " --add";
            inCommands(rules)
                    .forEach(together -> out.println(tool + arguments(together) + "    # " + purposes(together)));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private List<AccessRule> rules() {
        Cluster named = cluster.cluster();
        AccessRules needed = new AccessRules(named.topics(), analyzer.topics(named), analyzer.scope(), partitions);
        List<AccessRule> rules = new ArrayList<>();
        nodePrincipals.forEach((process, principal) -> rules.addAll(needed.ofNode(process, principal)));
        analyzerPrincipals.forEach(principal -> rules.addAll(needed.ofAnalyzer(principal)));
        readerPrincipals.forEach(
                principal -> rules.addAll(needed.ofReader(principal, Optional.ofNullable(webhookGroup))));
        if (rules.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Nobody is named who would need rights: node-principal=none, analyzer-principal=none,"
                            + " reader-principal=none; name one, as in --node-principal node-1=User:node-1");
        }
        return rules;
    }

    /** Each call of the tool starts a JVM, so a call gives one principal one operation on everything that needs it. */
    private static Collection<List<AccessRule>> inCommands(List<AccessRule> rules) {
        return rules.stream()
                .collect(Collectors.groupingBy(
                        rule -> List.of(rule.principal(), rule.operation(), rule.isPrefix()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    private static String arguments(List<AccessRule> together) {
        AccessRule first = together.get(0);
        return " --allow-principal " + quoted(first.principal()) + " --operation "
                + first.operation().written()
                + together.stream()
                        .map(rule -> " " + rule.resource().flag() + " " + quoted(rule.name()))
                        .collect(Collectors.joining())
                + (first.isPrefix() ? " --resource-pattern-type prefixed" : "");
    }

    private static String purposes(List<AccessRule> together) {
        return together.stream().map(AccessRule::purpose).distinct().collect(Collectors.joining("; "));
    }

    /** As a POSIX shell reads it back. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static ObjectNode json(AccessRule rule) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("principal", rule.principal())
                .put("operation", rule.operation().name())
                .put("resource", rule.resource().name())
                .put("name", rule.name())
                .put("patternType", rule.isPrefix() ? "PREFIXED" : "LITERAL")
                .put("purpose", rule.purpose());
    }
}
