package io.antichain.cli.command;

import io.antichain.cli.kafka.Cluster;
import io.antichain.clocks.ReceiveRule;
import io.antichain.node.Node;
import io.antichain.node.NodeSettings;
import io.antichain.node.request.NodeEnd;
import io.antichain.node.state.ClockKind;
import io.antichain.schemas.Gateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one node. */
@Command(
        name = "node",
        description = "Runs one node, which publishes and delivers messages over HTTP. Its process name is "
                + "node-1 to node-4 on ports 8888 to 8891, unless --process names another.",
        mixinStandardHelpOptions = true)
final class NodeCommand implements Callable<Integer> {
    static final int FIRST_PORT = 8888;
    private static final int NAMED_PORTS = 4;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private LogFormatOption logFormat;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8888",
            description = "port of the HTTP API (default: ${DEFAULT-VALUE})")
    private int port;

    @Mixin
    private HttpServerOptions http;

    @Option(
            names = "--process",
            paramLabel = "NAME",
            description = "name of the process; each node needs its own (default: by the port)")
    private String process;

    @Option(
            names = "--clock",
            paramLabel = "vector|lamport",
            defaultValue = "VECTOR",
            description = "clocks that messages carry; messages with lamport alone have no place in the causal "
                    + "order (default: vector)")
    private ClockKind clock;

    @Option(
            names = "--receive",
            paramLabel = "merge|tick",
            defaultValue = "MERGE",
            description = "Lamport timestamp after a delivery: merge takes max(own, received), tick takes that "
                    + "plus one (default: merge)")
    private ReceiveRule receive;

    @Option(
            names = "--max-clock-width",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_WIDTH,
            description = "believe a clock with at most N entries (default: ${DEFAULT-VALUE})")
    private int maxClockWidth;

    @Option(
            names = "--max-clock-jump",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_JUMP,
            description = "believe a clock that runs at most N events ahead of what was read so far (default: "
                    + "${DEFAULT-VALUE})")
    private long maxClockJump;

    @Option(
            names = "--heartbeat",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "commit a checkpoint after this long without a message (default: ${DEFAULT-VALUE})")
    private int heartbeatSeconds;

    @Option(
            names = "--accept-new-topic",
            description = "if the events topic was deleted and created again, or has lost its end, keep the "
                    + "counter and read the topic from its start; without this flag the node refuses to "
                    + "start then")
    private boolean acceptNewTopic;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "file to append what the node recovers, delivers, publishes and acknowledges; for debugging")
    private Path journal;

    @Override
    public Integer call() {
        String name = processName();
        FreePorts.requireFree(http.host(), port, "--port");
        Cluster named = cluster.cluster();
        NodeSettings settings = NodeSettings.of(name, named.client())
                .withTopics(named.topics())
                .listeningOn(http.host(), port)
                .withAccess(http.access())
                .withClocks(new NodeSettings.Clocks(clock, receive, maxClockWidth, maxClockJump));
        settings = settings.withTimes(settings.times().withHeartbeatEvery(Duration.ofSeconds(heartbeatSeconds)));
        settings = acceptNewTopic ? settings.acceptingNewTopic() : settings;
        Node node = Node.start(journal == null ? settings : settings.withJournal(journal));
        Shutdown.closeAtShutdown(node, spec.commandLine().getErr());
        node.awaitReady();
        spec.commandLine().getErr().println("node " + name + " listens on " + http.url(node.port()));
        NodeEnd end = node.died().join();
        throw new CommandFailure(exitCode(end.kind()), end.sentence());
    }

    /** What a program ends with whose node ended like this. */
    static int exitCode(NodeEnd.Kind kind) {
        return switch (kind) {
            case LEFT -> ExitCode.DONE;
            case FENCED, CANNOT_START -> ExitCode.CANNOT_CONNECT;
            case UNREADABLE -> ExitCode.BAD_INPUT;
            case FAULT -> ExitCode.FAULT;
        };
    }

    private String processName() {
        if (process != null) {
            return process;
        }
        if (port < FIRST_PORT || port >= FIRST_PORT + NAMED_PORTS) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "No process name belongs to the port: port=" + port
                            + "; name the process with --process, or choose a port from 8888 to 8891");
        }
        return "node-" + (port - FIRST_PORT + 1);
    }
}
