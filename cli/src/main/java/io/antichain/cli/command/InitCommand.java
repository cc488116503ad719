package io.antichain.cli.command;

import io.antichain.cli.kafka.Cluster;
import io.antichain.cli.kafka.TopicCreation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates the topics. */
@Command(
        name = "init",
        description = "Creates the topics that are not there yet; those that are stay as they are.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--partitions",
            defaultValue = "1",
            description = "partitions of the events topic; scope all needs 1 (default: ${DEFAULT-VALUE})")
    private int partitions;

    @Option(
            names = "--replication-factor",
            defaultValue = "-1",
            description = "copies of each topic; -1 for the broker's default (default: ${DEFAULT-VALUE})")
    private short replication;

    @Override
    public Integer call() {
        if (partitions < 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A topic has 1 or more partitions: partitions=" + partitions + "; choose --partitions");
        }
        Cluster named = cluster.cluster();
        named.requireBroker();
        PrintWriter out = spec.commandLine().getOut();
        for (TopicCreation.Created topic : new TopicCreation(named, partitions, replication).run()) {
            out.println((topic.created() ? "created " : "exists  ") + topic.name());
        }
        out.flush();
        return ExitCode.DONE;
    }
}
