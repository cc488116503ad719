package io.antichain.embedded;

import io.antichain.embedded.registry.DurableSchemas;
import io.antichain.embedded.registry.RegistryRoutes;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A schema registry inside this JVM that speaks Confluent's REST API, for Avro schemas without references. Ids, versions and
 * levels live in its folder, are on the disk before a call is answered, and survive a restart and a kill.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private static final int MOST_THREADS = 16;
    private static final int FEWEST_THREADS = 4;

    private final Javalin http;
    private final DurableSchemas schemas;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedRegistry(Javalin http, DurableSchemas schemas, int port) {
        this.http = http;
        this.schemas = schemas;
        this.port = port;
    }

    /**
     * Starts a registry and returns once it answers.
     *
     * @param folder where the schemas live; for one running registry at a time
     * @param port on 127.0.0.1, 0 to 65535; 0 takes a free one
     * @throws PortTakenException if another program listens on the port; nothing was started or written then
     * @throws StartFailedException if the folder is in use, damaged, or cannot be written
     */
    public static EmbeddedRegistry start(Path folder, int port) {
        try (LoopbackSocket socket = LoopbackSocket.bind(port)) {
            DurableSchemas schemas = DurableSchemas.open(folder);
            try {
                Javalin http = http(new RegistryRoutes(schemas), socket).start();
                socket.handOver();
                return new EmbeddedRegistry(http, schemas, socket.port());
            } catch (RuntimeException e) {
                schemas.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartFailedException("The registry did not start: " + e.getMessage(), e);
        }
    }

    private static Javalin http(RegistryRoutes routes, LoopbackSocket socket) {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
            config.jetty.addConnector((server, settings) -> connector(server, settings, socket));
            routes.addTo(config.routes);
        });
    }

    private static Connector connector(Server server, HttpConfiguration settings, LoopbackSocket socket) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(settings));
        try {
            connector.open(socket.channel());
        } catch (IOException e) {
            connector.close();
            throw new UncheckedIOException(e);
        }
        return connector;
    }

    /** The address for a client's {@code schema.registry.url}: {@code http://localhost:PORT}. */
    public String url() {
        return "http://localhost:" + port;
    }

    /** Stops the registry. Closing again does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            http.stop();
            schemas.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The registry's journal could not be closed.", e);
        }
    }
}
