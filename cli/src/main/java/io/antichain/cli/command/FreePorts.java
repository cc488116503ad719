package io.antichain.cli.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Tells that a port is taken before anything is started that would have to be stopped again. */
final class FreePorts {
    private FreePorts() {}

    /**
     * Fails if another program listens there; 0 is always free.
     *
     * @param flag what the user can change it with
     */
    static void requireFree(String host, int port, String flag) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException | IllegalArgumentException e) {
            throw taken(port, flag, e);
        }
    }

    static CommandFailure taken(int port, String flag, Throwable cause) {
        return new CommandFailure(
                ExitCode.CANNOT_CONNECT,
                "The port is in use: port=" + port + "; stop the program that listens there, or choose another with "
                        + flag,
                cause);
    }
}
