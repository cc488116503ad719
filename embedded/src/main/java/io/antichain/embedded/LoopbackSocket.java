package io.antichain.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * A listening socket on 127.0.0.1, bound before the server that will use it exists. A taken port is so known before anything
 * is started, and a port once chosen cannot be lost to another program.
 */
final class LoopbackSocket implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    private static final byte[] ADDRESS = {127, 0, 0, 1};
    private static final int BACKLOG = 128;

    private final ServerSocketChannel channel;
    private final int port;
    private boolean handedOver;

    private LoopbackSocket(ServerSocketChannel channel) throws IOException {
        this.channel = channel;
        this.port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /**
     * Binds a port, 0 to 65535, where 0 takes a free one.
     *
     * @throws PortTakenException if another socket listens there
     */
    static LoopbackSocket bind(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "A port is 0 to 65535: port=" + port + ". Give a port in that range; 0 takes a free one.");
        }
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port), BACKLOG);
                return new LoopbackSocket(channel);
            } catch (BindException e) {
                channel.close();
                if (port > 0 && port < 1024 && !isInUse(e)) {
                    throw new StartFailedException(
                            "Ports below 1024 need rights that this program lacks: port=" + port
                                    + ". Choose a higher one.",
                            e);
                }
                throw new PortTakenException(port, e);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A socket on " + HOST + " could not be opened: port=" + port, e);
        }
    }

    private static boolean isInUse(BindException e) {
        return String.valueOf(e.getMessage()).contains("in use");
    }

    int port() {
        return port;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Leaves the socket to the server that uses it now: closing this does nothing from here on. */
    void handOver() {
        handedOver = true;
    }

    /** Gives the port back, unless it was handed over. */
    @Override
    public void close() {
        if (handedOver) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A socket could not be closed: port=" + port, e);
        }
    }
}
