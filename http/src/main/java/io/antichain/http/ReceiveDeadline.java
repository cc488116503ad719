package io.antichain.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Closes connections on which a client takes too long to send a request, or breaks it off: an idle time-out alone is met by a byte
 * now and then. A connection is either receiving, since a moment, or answering, which takes what it takes.
 */
final class ReceiveDeadline extends Handler.Wrapper implements Connection.Listener {
    private static final long ANSWERING = Long.MAX_VALUE;
    private static final long LOOK_EVERY_MS = 250;

    private final Map<Connection, Long> receivingSinceNs = new ConcurrentHashMap<>();
    private final AtomicBoolean isAboutToLook = new AtomicBoolean();
    private final Duration within;

    ReceiveDeadline(Duration within) {
        this.within = within;
    }

    @Override
    public void onOpened(Connection connection) {
        receivingSinceNs.put(connection, System.nanoTime());
        lookLater();
    }

    @Override
    public void onClosed(Connection connection) {
        receivingSinceNs.remove(connection);
    }

    /** The headers are there; the body has as long again. */
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        set(connection, System.nanoTime());
        Request.addCompletionListener(request, failure -> set(connection, System.nanoTime()));
        return super.handle(closedWhereItBreaksOff(request, connection), response, callback);
    }

    /**
     * A client that is gone while its body is read gets no answer. Jetty goes on with such a request all the same, does not always
     * end it, and keeps the connection as long. A body that is wrong is no such failure, and is answered.
     */
    private static Request closedWhereItBreaksOff(Request request, Connection connection) {
        return new Request.Wrapper(request) {
            @Override
            public Content.Chunk read() {
                Content.Chunk chunk = super.read();
                if (Content.Chunk.isFailure(chunk) && chunk.getFailure() instanceof IOException) {
                    connection.getEndPoint().close(chunk.getFailure());
                }
                return chunk;
            }
        };
    }

    /** What stands behind the loading of the body, and tells that all of it is there. */
    Handler.Wrapper received() {
        return new Handler.Wrapper() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                set(request.getConnectionMetaData().getConnection(), ANSWERING);
                return super.handle(request, response, callback);
            }
        };
    }

    /** Of one that was closed meanwhile nothing is kept. */
    private void set(Connection connection, long sinceNs) {
        receivingSinceNs.computeIfPresent(connection, (same, before) -> sinceNs);
    }

    /** There is nothing to look at while nobody is connected, and an idle program is not woken up for it. */
    private void lookLater() {
        if (isAboutToLook.compareAndSet(false, true)) {
            getServer().getScheduler().schedule(this::look, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        isAboutToLook.set(false);
        long nowNs = System.nanoTime();
        receivingSinceNs.forEach((connection, sinceNs) -> {
            if (sinceNs != ANSWERING && nowNs - sinceNs > within.toNanos()) {
                connection.getEndPoint().close(new TimeoutException("The client took too long to send a request"));
            }
        });
        if (isRunning() && !receivingSinceNs.isEmpty()) {
            lookLater();
        }
    }
}
