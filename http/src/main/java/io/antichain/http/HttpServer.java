package io.antichain.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server that hostile clients neither stop nor starve: it holds at most {@value #MAX_CONNECTIONS} connections, headers of
 * {@value #MAX_HEADER_BYTES} bytes and bodies of a given length, waits for a body without a thread, and not for long. Every
 * answer carries {@link SecurityHeaders}, every failure is a JSON problem, and {@link RequestGuard} says who may ask.
 */
public final class HttpServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 500;
    private static final int MAX_HEADER_BYTES = 8_192;
    private static final int IDLE_MS = 30_000;
    private static final int NO_LIMIT = -1;
    // A body in small pieces costs more than its bytes; far more of that than a client needs is too large.
    private static final int BYTES_PER_PIECE = 64;
    private static final int ROOM_FOR_PIECES = 16_384;
    // Javalin makes a buffer for each answer, through which it passes to Jetty's own of 32 KiB: most answers are short.
    private static final int COPY_BYTES = 2_048;

    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts to answer.
     *
     * @param known the program's own failures as problems; empty for what it does not foresee
     * @param routes adds what is served
     * @throws JavalinBindException if the address cannot be bound
     */
    public static HttpServer start(
            ServerSettings settings, Function<Throwable, Optional<Problem>> known, Consumer<JavalinConfig> routes) {
        Javalin javalin = Javalin.create(config -> {
            harden(config, settings);
            Problems problems = new Problems(known, settings.maxBodyBytes());
            config.jetty.modifyServer(server -> server.setErrorHandler(problems.ofTheServer()));
            problems.register(config.routes);
            routes.accept(config);
        });
        try {
            return new HttpServer(javalin.start());
        } catch (RuntimeException e) {
            javalin.stop();
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void harden(JavalinConfig config, ServerSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.responseBufferSize = COPY_BYTES;
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("antichain-http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        ReceiveDeadline deadline = new ReceiveDeadline(settings.receiveWithin());
        config.jetty.modifyServer(server -> guard(server, settings, deadline));
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = connector(server, http, settings);
            connector.addBean(deadline, false); // that tells it of connections; the server starts it
            return connector;
        });
    }

    /** From the outside in: the deadline, the guard, the size, the body, the mark that it is there, and then the routes. */
    private static void guard(Server server, ServerSettings settings, ReceiveDeadline deadline) {
        server.insertHandler(deadline.received());
        server.insertHandler(new EagerContentHandler(new EagerContentHandler.RetainedContentLoaderFactory(
                settings.maxBodyBytes() + settings.maxBodyBytes() / 4 + (long) ROOM_FOR_PIECES,
                BYTES_PER_PIECE,
                true)));
        server.insertHandler(new SizeLimitHandler(settings.maxBodyBytes(), NO_LIMIT));
        server.insertHandler(new RequestGuard(settings));
        server.insertHandler(deadline);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, ServerSettings settings) {
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setSendServerVersion(false);
        http.addCustomizer((request, headers) -> {
            SecurityHeaders.addTo(headers);
            return request;
        });
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = settings.access()
                .tls()
                .map(identity -> new ServerConnector(
                        server, new SslConnectionFactory(secured(identity), HttpVersion.HTTP_1_1.asString()), plain))
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_MS);
        return connector;
    }

    private static SslContextFactory.Server secured(PemIdentity identity) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setKeyStore(identity.keyStore());
        factory.setKeyStorePassword(new String(PemIdentity.NO_PASSWORD));
        return factory;
    }
}
