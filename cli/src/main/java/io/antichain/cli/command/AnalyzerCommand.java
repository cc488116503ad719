package io.antichain.cli.command;

import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.settings.AnalyzerLimits;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.cli.kafka.Cluster;
import io.antichain.schemas.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the analyzer. */
@Command(
        name = "analyzer",
        description = "Runs the analyzer, which reads the events topic and writes conflict records.",
        mixinStandardHelpOptions = true)
final class AnalyzerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private LogFormatOption logFormat;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + AnalyzerSettings.DEFAULT_PORT,
            description = "port of the HTTP API (default: ${DEFAULT-VALUE})")
    private int port;

    @Mixin
    private HttpServerOptions http;

    @Option(
            names = "--scope",
            paramLabel = "all|key",
            defaultValue = "ALL",
            description = "which messages can conflict: any two, or only those with the same key (default: all)")
    private Scope scope;

    @Option(
            names = "--instance-id",
            paramLabel = "ID",
            defaultValue = AnalyzerSettings.DEFAULT_INSTANCE_ID,
            description = "name of this instance: each instance needs its own, and keeps it across restarts "
                    + "(default: ${DEFAULT-VALUE})")
    private String instanceId;

    @Option(
            names = "--state-dir",
            paramLabel = "FOLDER",
            defaultValue = "${sys:user.home}/.antichain/analyzer",
            description = "folder for the state that is kept between runs (default: ${DEFAULT-VALUE})")
    private Path stateDirectory;

    @Option(
            names = "--topics",
            split = ",",
            paramLabel = "TOPIC",
            description = "topics to read, comma-separated, of any payload: records that carry a stamp in the header "
                    + "antichain-stamp are events, others are counted; if an event is in several topics, its first copy "
                    + "counts (default: the events topic of --topic-prefix)")
    private List<String> topics = List.of();

    @Option(
            names = "--accept-new-topic",
            description = "start over if an events topic was deleted and created again; without this flag the "
                    + "analyzer refuses to start then")
    private boolean acceptNewTopic;

    @Mixin
    private PairConditionOptions where;

    @Mixin
    private AnalyzerLimitOptions limits;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        AnalyzerLimits checked = limits.limits();
        FreePorts.requireFree(http.host(), port, "--port");
        Cluster named = cluster.cluster();
        List<String> read = named.topicsOrEvents(topics);
        AnalyzerSettings settings = new AnalyzerSettings(
                named.topics(),
                read.stream().filter(named.topics()::isEvents).toList(),
                read.stream().filter(topic -> !named.topics().isEvents(topic)).toList(),
                named.client(),
                scope,
                where.conditions(),
                http.host(),
                port,
                http.access(),
                stateDirectory.resolve(instanceId),
                instanceId,
                checked,
                acceptNewTopic);
        Analyzer analyzer = started(settings);
        Shutdown.closeAtShutdown(analyzer, spec.commandLine().getErr());
        spec.commandLine().getErr().println("analyzer listens on " + http.url(analyzer.port()));
        throw new CommandFailure(ExitCode.CANNOT_CONNECT, analyzer.failed().get());
    }

    private static Analyzer started(AnalyzerSettings settings) {
        try {
            return Analyzer.start(settings);
        } catch (RuntimeException e) {
            // Kafka Streams locks its folder, and says so in a message alone.
            if (String.valueOf(e.getMessage()).contains("same state directory")) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "Another analyzer uses the folder of the state: state-dir="
                                + settings.stateDirectory() + "; stop it, or give this one another --instance-id or"
                                + " --state-dir",
                        e);
            }
            throw e;
        }
    }
}
