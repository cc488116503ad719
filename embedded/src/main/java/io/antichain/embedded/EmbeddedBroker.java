package io.antichain.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A Kafka broker inside this JVM: one KRaft node, broker and controller at once, that any Kafka client on this machine can join.
 * Topics and records live in its folder and are there again after a restart, also on another port, and after a kill.
 */
public final class EmbeddedBroker implements AutoCloseable {

    // Put together here from the parts of Kafka's own KafkaRaftServer, which offers no way to hand it bound sockets and
    // halts the whole JVM when a start fails. A fault is logged instead, and a failed start is thrown to the caller.

    /** It takes half a second on a machine at rest. */
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(5);

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private final BrokerServer broker;
    private final ControllerServer controller;
    private final BrokerFolder folder;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(
            KafkaConfig config, BrokerFolder folder, LoopbackSocket clients, LoopbackSocket controllers) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> identity = KafkaRaftServer.initializeLogDirs(
                config, LoggerFactory.getLogger(EmbeddedBroker.class), "EmbeddedBroker: ");
        ServerSocketFactory boundSockets = (listener, address, backlog, receiveBufferBytes) -> {
            LoopbackSocket socket = listener.equals(BrokerSettings.CONTROLLER_LISTENER) ? controllers : clients;
            socket.channel().configureBlocking(false);
            return socket.channel();
        };
        SharedServer shared = new SharedServer(
                config,
                identity._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                (name, fatal, action) -> new LoggingFaultHandler(name, action),
                boundSockets);
        this.broker = new BrokerServer(shared);
        this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), identity._2());
        this.folder = folder;
        this.port = clients.port();
    }

    /** Starts a broker with the built-in settings: {@link #start(Path, int, Map)} without overrides. */
    public static EmbeddedBroker start(Path folder, int port) {
        return start(folder, port, Map.of());
    }

    /**
     * Starts a broker and returns once it answers clients. A folder that is new or empty is formatted first.
     *
     * @param folder where topics and records live; for one running broker at a time
     * @param port on 127.0.0.1, 0 to 65535; 0 takes a free one
     * @param overrides Kafka broker settings that win over the built-in ones; listeners, folders and node id are not among them
     * @throws PortTakenException if another program listens on the port; nothing was started or written then
     * @throws StartFailedException if the folder is in use or not a broker's, or Kafka refuses for another reason
     */
    public static EmbeddedBroker start(Path folder, int port, Map<String, String> overrides) {
        return start(folder, port, port, overrides);
    }

    /**
     * Starts a broker that sends its clients to another port of this machine, where something stands before it: a proxy.
     *
     * @param port on 127.0.0.1, 1 to 65535
     * @param advertisedPort the port that clients are told to use
     */
    public static EmbeddedBroker startBehind(int advertisedPort, Path folder, int port) {
        return start(folder, port, advertisedPort, Map.of());
    }

    private static EmbeddedBroker start(Path folder, int port, int advertisedPort, Map<String, String> overrides) {
        Path home = folder.toAbsolutePath().normalize();
        try (LoopbackSocket clients = LoopbackSocket.bind(port);
                LoopbackSocket controllers = LoopbackSocket.bind(0)) {
            Map<String, String> settings = BrokerSettings.of(
                    home,
                    clients.port(),
                    advertisedPort == 0 ? clients.port() : advertisedPort,
                    controllers.port(),
                    overrides);
            BrokerFolder taken = BrokerFolder.take(home);
            try {
                EmbeddedBroker broker =
                        new EmbeddedBroker(new KafkaConfig(settings, false), taken, clients, controllers);
                broker.startUp();
                clients.handOver();
                controllers.handOver();
                return broker;
            } catch (Exception e) {
                taken.close();
                throw e;
            }
        } catch (StartFailedException | IllegalArgumentException e) {
            throw e;
        } catch (Exception e) {
            throw new StartFailedException(
                    "The broker did not start: folder=" + home + " cause=" + e.getMessage()
                            + ". Check the overrides, and that the folder can be written.",
                    e);
        }
    }

    private void startUp() {
        try {
            controller.startup();
            broker.startup();
            awaitAnswers();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The broker is unfenced when its start returns, but clients see it only when its own copy of the metadata says so. */
    private void awaitAnswers() {
        long deadline = System.nanoTime() + ANSWERS_WITHIN.toNanos();
        while (!broker.metadataCache().hasAliveBroker(BrokerSettings.NODE_ID)) {
            if (System.nanoTime() > deadline) {
                throw new StartFailedException("The broker did not answer after its start: waited=" + ANSWERS_WITHIN
                        + "; look for errors of Kafka in the log");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** The address for a client's {@code bootstrap.servers}: {@code localhost:PORT}. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Stops the broker, with everything written to its folder. Closing again does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (folder) {
            // The broker first: it takes leave of the controller.
            broker.shutdown(STOPS_WITHIN);
            controller.shutdown();
            broker.awaitShutdown();
            controller.awaitShutdown();
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's folder could not be given back.", e);
        }
    }
}
