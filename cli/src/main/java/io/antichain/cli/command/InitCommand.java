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
        description = "Creates the topics that do not exist yet; leaves existing topics as they are.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "number of partitions of the events topic (default: ${DEFAULT-VALUE})")
    private int partitions;

    @Option(
            names = "--order-partitions",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "also create order-all, of 1 partition, and order-key, of N: there the analyzer brings topics of "
                            + "several partitions together where no part of it sees all that can conflict")
    private int orderPartitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "-1",
            description = "number of copies of each topic; -1 takes the broker's default (default: ${DEFAULT-VALUE})")
    private short replication;

    @Override
    public Integer call() {
        if (partitions < 1 || orderPartitions < 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "A topic cannot have so few partitions: partitions=" + partitions + ", order-partitions="
                            + orderPartitions
                            + "; choose --partitions of 1 or more, and --order-partitions of 1 or more, or"
                            + " leave it out");
        }
        Cluster named = cluster.cluster();
        named.requireBroker();
        PrintWriter out = spec.commandLine().getOut();
        for (TopicCreation.Created topic : new TopicCreation(named, partitions, orderPartitions, replication).run()) {
            out.println((topic.created() ? "created " : "exists  ") + topic.name());
        }
        out.flush();
        return ExitCode.DONE;
    }
}
