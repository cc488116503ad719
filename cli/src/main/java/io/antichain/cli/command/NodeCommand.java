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
        description =
                "Runs one node, which publishes and delivers messages over HTTP. Ports 8888 to 8891 host node-1 to"
                        + " node-4 unless --process says otherwise.",
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

    @Option(names = "--port", defaultValue = "8888", description = "port of the HTTP API (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "address to listen on (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(names = "--process", paramLabel = "NAME", description = "name of the process; no two nodes share one")
    private String process;

    @Option(
            names = "--clock",
            paramLabel = "vector|lamport",
            defaultValue = "VECTOR",
            description = "clocks that messages carry; with lamport they are outside the order (default: vector)")
    private ClockKind clock;

    @Option(
            names = "--receive",
            paramLabel = "merge|tick",
            defaultValue = "MERGE",
            description = "Lamport timestamp on delivery: max(own, received), or that plus one (default: merge)")
    private ReceiveRule receive;

    @Option(
            names = "--max-clock-width",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_WIDTH,
            description = "most entries of a clock that is believed (default: ${DEFAULT-VALUE})")
    private int maxClockWidth;

    @Option(
            names = "--max-clock-jump",
            paramLabel = "N",
            defaultValue = "" + Gateway.DEFAULT_MAX_CLOCK_JUMP,
            description = "events that a believed clock may run ahead of what was heard (default: ${DEFAULT-VALUE})")
    private long maxClockJump;

    @Option(
            names = "--heartbeat",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "commit the checkpoint alone after so long without a message (default: ${DEFAULT-VALUE})")
    private int heartbeatSeconds;

    @Option(
            names = "--accept-new-topic",
            description =
                    "keep the counter and read the events topic from its start where it was deleted and created anew,"
                            + " or has lost its end; without it that is refused")
    private boolean acceptNewTopic;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "append what the node recovers, delivers, publishes and acknowledges; a debugging aid")
    private Path journal;

    @Override
    public Integer call() {
        String name = processName();
        FreePorts.requireFree(host, port, "--port");
        Cluster named = cluster.cluster();
        NodeSettings settings = NodeSettings.of(name, named.client())
                .withTopics(named.topics())
                .listeningOn(host, port)
                .withClocks(new NodeSettings.Clocks(clock, receive, maxClockWidth, maxClockJump));
        settings = settings.withTimes(settings.times().withHeartbeatEvery(Duration.ofSeconds(heartbeatSeconds)));
        settings = acceptNewTopic ? settings.acceptingNewTopic() : settings;
        Node node = Node.start(journal == null ? settings : settings.withJournal(journal));
        Shutdown.closeAtShutdown(node, spec.commandLine().getErr());
        node.awaitReady();
        spec.commandLine().getErr().println("node " + name + " listens on http://" + host + ":" + node.port());
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
                    "Only ports 8888 to 8891 have a process name of their own: port=" + port
                            + "; name the process with --process");
        }
        return "node-" + (port - FIRST_PORT + 1);
    }
}
