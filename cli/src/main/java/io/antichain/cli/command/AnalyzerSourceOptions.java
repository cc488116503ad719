package io.antichain.cli.command;

import io.antichain.cli.kafka.Cluster;
import io.antichain.schemas.Scope;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that say of which analyzer a command speaks: what it reads, and in which scope. */
final class AnalyzerSourceOptions {
    @Option(
            names = "--topics",
            split = ",",
            paramLabel = "TOPIC",
            description = "--topics of the analyzer (default: the events topic of --topic-prefix)")
    private List<String> topics = List.of();

    @Option(
            names = "--scope",
            paramLabel = "all|key",
            defaultValue = "ALL",
            description = "--scope of the analyzer (default: all)")
    private Scope scope;

    List<String> topics(Cluster cluster) {
        return cluster.topicsOrEvents(topics);
    }

    Scope scope() {
        return scope;
    }
}
